import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The key that seals registration tickets, wrapped. */
@Entity('ticket_keys')
export class TicketKeyEntity {
  /** Always true: there is one such key. */
  @PrimaryColumn('boolean')
  singleton!: boolean;

  @Column('bytea', { name: 'wrapped_key' })
  wrappedKey!: Buffer;
}
