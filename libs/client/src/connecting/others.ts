import { equal } from '@phoenix/wire';
import type { MemberRecord } from '../groups/group-record.js';
import type { LiveGroup } from '../groups/session.js';
import type { ConnectionRecord } from './connection-record.js';

/** The members of a group besides us. */
export function othersOf({ record: { members, leaf } }: Pick<LiveGroup, 'record'>): MemberRecord[] {
  return members.filter(({ leftIn, pseudonym }) => leftIn === undefined && !equal(pseudonym, leaf.pseudonym));
}

/** Whether the other was there and has left. */
export function isOver(live: Pick<LiveGroup, 'record'>, { met }: Pick<ConnectionRecord, 'met'>): boolean {
  return met === 1 && othersOf(live).length === 0;
}
