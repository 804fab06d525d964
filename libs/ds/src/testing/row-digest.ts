import { createHash } from 'node:crypto';
import type { GroupRow } from '../domain/group-row.js';

/** Equal for rows that are equal to the byte. */
export function rowDigest(row: GroupRow | undefined): string {
  if (row === undefined) return 'no row';
  const { groupId, roster, tree, pending, generation, lastActiveMonth, noticeKey, notices } = row;
  const hash = createHash('sha256').update(`${lastActiveMonth} ${pending?.length ?? 'none'} `);
  const parts = [groupId, roster, tree, pending ?? new Uint8Array(0), generation, noticeKey, notices];
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
