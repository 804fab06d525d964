import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A client of a user. Its queue has a row of its own, which is rewritten with every entry. */
@Entity('client_records')
export class ClientRecordEntity {
  @PrimaryColumn('uuid', { name: 'client_id' })
  clientId!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('bytea', { name: 'client_key' })
  clientKey!: Buffer;

  /** Months since January 1970. */
  @Column('int4', { name: 'active_month' })
  activeMonth!: number;
}
