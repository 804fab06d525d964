import * as ds from '../services/ds-operations.js';
import type { GroupRecord } from './group-record.js';

/** The operation whose answer a group waits for. */
export function pendingField({ pending }: Pick<GroupRecord, 'pending'>): string | undefined {
  return pending && new TextDecoder().decode(pending.field);
}

/** Which requests are about no epoch. */
const LASTING: readonly (string | undefined)[] = [ds.updateQueueConfig.field, ds.updateProfileKey.field];

/**
 * What becomes of a pending request when another's commit was first: one that is about no epoch goes on, a proposal to leave is made anew,
 * a commit is void.
 */
export function afterAnother(record: GroupRecord): Partial<GroupRecord> {
  const field = pendingField(record);
  if (LASTING.includes(field)) return {};
  return field === ds.selfRemoveUser.field
    ? { pending: undefined, leaving: 1, status: 'leaving' }
    : { pending: undefined };
}
