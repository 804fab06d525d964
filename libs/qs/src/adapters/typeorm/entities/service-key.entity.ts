import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A key pair of the service, the private half wrapped by the vault. */
@Entity('service_keys')
export class ServiceKeyEntity {
  @PrimaryColumn('text')
  name!: string;

  @Column('bytea', { name: 'public_key' })
  publicKey!: Buffer;

  @Column('bytea', { name: 'wrapped_key' })
  wrapped!: Buffer;
}
