import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A user of the QS: a pseudonym, related to no id elsewhere. */
@Entity('user_records')
export class UserRecordEntity {
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @Column('bytea', { name: 'user_key' })
  userKey!: Buffer;

  @Column('bytea', { name: 'friendship_hash', unique: true })
  friendshipHash!: Buffer;
}
