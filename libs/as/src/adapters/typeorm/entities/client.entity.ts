import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A user's client with the credential issued to it. */
@Entity('clients')
export class ClientEntity {
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @PrimaryColumn('uuid', { name: 'client_id' })
  clientId!: string;

  /** Encoded ClientCredential; the times in it are starts of months. */
  @Column('bytea')
  credential!: Buffer;
}
