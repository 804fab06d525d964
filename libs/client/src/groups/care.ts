import { struct } from '@phoenix/wire';
import type { MlsGroup } from '../mls/mls-group.js';
import { recordKind } from '../store/record-kind.js';
import type { GroupRecord } from './group-record.js';
import { isDesignatedRemover } from './remove-revoked.js';
import { isAstray } from './presence.js';

/** Marks a group, by its name, that `receive` has something to do for: groups that rest are not even restored. */
export const CARE = recordKind('care/', struct({}));

/** Whether a group waits for something that we can do without its user. */
export function needsCare(
  record: GroupRecord,
  mls: Pick<MlsGroup, 'pendingProposals' | 'groupContext'>,
): boolean {
  const { status, pending, rotateFirst, ticket } = record;
  if (status === 'leaving' || isAstray({ record })) return true;
  if (status !== 'active') return false;
  return (
    ticket === undefined ||
    rotateFirst === 2 ||
    pending !== undefined ||
    mls.pendingProposals().length > 0 ||
    isDesignatedRemover({ record, mls })
  );
}
