import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A key of the DS itself, wrapped by the key vault. */
@Entity('service_keys')
export class ServiceKeyEntity {
  @PrimaryColumn('text')
  name!: string;

  @Column('bytea')
  wrapped!: Buffer;

  @Column('bytea', { name: 'public_key', nullable: true })
  publicKey!: Buffer | null;
}
