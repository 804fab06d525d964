import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A group: all of it that is not a number of months is ciphertext or random. */
@Entity('groups')
@Check('groups_generation_check', 'octet_length(generation) = 16')
export class GroupEntity {
  @PrimaryColumn('uuid', { name: 'group_id' })
  groupId!: string;

  @Column('bytea')
  roster!: Buffer;

  @Column('bytea')
  tree!: Buffer;

  /** Months since January 1970. */
  @Column('int', { name: 'last_active_month' })
  lastActiveMonth!: number;

  @Column('bytea', { nullable: true })
  pending!: Buffer | null;

  @Column('bytea')
  generation!: Buffer;
}
