import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A group: all of it that is not a number of months is ciphertext, random or a public key made for it alone. */
@Entity('groups')
@Check('groups_generation_check', 'octet_length(generation) = 16')
@Check('groups_notice_key_check', 'octet_length(notice_key) = 32')
@Check('groups_notices_check', 'octet_length(notices) = 2704')
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

  @Column('bytea', { name: 'notice_key' })
  noticeKey!: Buffer;

  @Column('bytea')
  notices!: Buffer;
}
