import { type Extension, ExtensionType, findExtension } from '@phoenix/mls';
import { equal, EXTENSION_GROUP_POLICY, groupPolicy } from '@phoenix/wire';
import { KeySet } from './key-set.js';
import { read } from './read.js';
import type { DsRuleId } from './rules.js';

/** Who the GroupContext's GroupPolicy lists; undefined unless it is there and holds (rule `ds.policy.form`). */
export function listedAdmins(extensions: readonly Extension[]): readonly Uint8Array[] | undefined {
  const data = findExtension(extensions, EXTENSION_GROUP_POLICY);
  const policy = data && read(groupPolicy, data);
  if (policy === undefined || new KeySet(policy.admins).size < policy.admins.length) return undefined;
  return policy.admins;
}

/** A change of a group's policy, as seen from its members. */
export interface PolicyChange {
  readonly before: readonly Uint8Array[];
  readonly after: readonly Uint8Array[];
  /** The committer's pseudonym before and after. */
  readonly swap: { readonly from: Uint8Array; readonly to: Uint8Array };
  /** The pseudonyms in the new tree. */
  readonly present: Iterable<Uint8Array>;
}

/** Rule `ds.policy.change`: the same admins, in any order; those who are gone may be dropped or left listed. */
export function checkPolicyChange({ before, after, swap, present }: PolicyChange): DsRuleId | undefined {
  const listed = new KeySet(after);
  const expected = before.map((admin) => (equal(admin, swap.from) ? swap.to : admin));
  const dropped = expected.filter((admin) => !listed.has(admin));
  const isMadeUp = listed.size > expected.length - dropped.length;
  return isMadeUp || holdsAny(present, dropped) ? 'ds.policy.change' : undefined;
}

/** Rule `ds.context.admins`: who is listed was listed before, or is in the tree. */
export function checkNewAdmins({ before, after, present }: PolicyChange): DsRuleId | undefined {
  const known = new KeySet([...before, ...present]);
  return after.every((admin) => known.has(admin)) ? undefined : 'ds.context.admins';
}

/**
 * Rule `ds.context.external-senders`: the one key that may propose from outside stays the DS's, and the only one. The
 * credential beside it, too: nobody reads it, and it could say anything.
 */
export function checkSenderStays(
  before: readonly Extension[],
  after: readonly Extension[],
): DsRuleId | undefined {
  const [old, next] = [before, after].map((list) => findExtension(list, ExtensionType.externalSenders));
  const stays = old !== undefined && next !== undefined && equal(old, next);
  return stays ? undefined : 'ds.context.external-senders';
}

/** Whether one of the pseudonyms is among the others. */
export function holdsAny(others: Iterable<Uint8Array>, pseudonyms: readonly Uint8Array[]): boolean {
  if (pseudonyms.length === 0) return false;
  const keys = new KeySet(pseudonyms);
  for (const other of others) if (keys.has(other)) return true;
  return false;
}

/** Rule `ds.context.extensions`: all but those of these types are the same, in the same order. */
export function checkContextChange(
  before: readonly Extension[],
  after: readonly Extension[],
  changing: readonly number[],
): DsRuleId | undefined {
  const others = [before, after].map((list) => list.filter(({ type }) => !changing.includes(type)));
  const [old = [], next = []] = others;
  const isSame =
    old.length === next.length &&
    old.every(({ type, data }, i) => type === next[i]?.type && equal(data, next[i].data));
  return isSame ? undefined : 'ds.context.extensions';
}

/** What has rules of its own: in a commit the policy; in updateGroupContext the senders, too, who stay as they are. */
export const POLICY_ONLY = [EXTENSION_GROUP_POLICY];
export const POLICY_AND_SENDERS = [EXTENSION_GROUP_POLICY, ExtensionType.externalSenders];
