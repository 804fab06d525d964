import { equal, list, opaque, optional, struct, u32, type CodecValue } from '@phoenix/wire';
import { withoutBlankTail } from './next-leaves.js';

/** Encoded wrapped member key sets by leaf index; the DS can open none. */
export type MemberKeys = readonly (Uint8Array | undefined)[];

/** Members' key sets as they are stored. */
export const memberKeysCodec = list(optional(opaque()));

/** What turns newer key sets back into older ones: the older length, and where they differ. */
export const memberKeysDelta = struct({
  length: u32,
  changes: list(struct({ leaf: u32, keys: optional(opaque()) })),
});
export type MemberKeysDelta = CodecValue<typeof memberKeysDelta>;

interface KeysChange {
  readonly committer: number;
  readonly removed: readonly number[];
  readonly joiners: readonly { readonly leafIndex: number }[];
  /** In the order of the joiners. */
  readonly keySets: readonly Uint8Array[];
  readonly ownKeys: Uint8Array | undefined;
}

/** The key sets after a commit. */
export function nextMemberKeys(keys: MemberKeys, change: KeysChange): MemberKeys {
  const next = [...keys];
  for (const leaf of change.removed) next[leaf] = undefined;
  if (change.ownKeys !== undefined) next[change.committer] = change.ownKeys;
  for (const [i, { leafIndex }] of change.joiners.entries()) {
    while (next.length < leafIndex) next.push(undefined);
    next[leafIndex] = change.keySets[i];
  }
  return withoutBlankTail(next);
}

export function deltaOfKeys(newer: MemberKeys, older: MemberKeys): MemberKeysDelta {
  const changes = [...older.entries()].flatMap(([leaf, keys]) =>
    isSame(keys, newer[leaf]) ? [] : [{ leaf, keys }],
  );
  return { length: older.length, changes };
}

export function applyKeysDelta(newer: MemberKeys, delta: MemberKeysDelta): MemberKeys {
  const older = Array.from({ length: delta.length }, (_, leaf) => newer[leaf]);
  for (const { leaf, keys } of delta.changes) older[leaf] = keys;
  return older;
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && equal(a, b));
}
