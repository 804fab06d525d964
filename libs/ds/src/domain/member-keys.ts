import { Reader, Writer } from '@phoenix/wire';
import { deltaTo, type RowsDelta } from './rows-delta.js';

/**
 * The members' encoded wrapped key sets by leaf index, as they are stored: `optional<opaque<V>>` for each leaf. The DS can open none, and reads none until somebody joins.
 */
export type MemberKeys = Uint8Array;

/** What a commit does to the key sets. */
export interface KeysChange {
  readonly committer: number;
  readonly removed: readonly number[];
  readonly joiners: readonly { readonly leafIndex: number }[];
  /** In the order of the joiners. */
  readonly keySets: readonly Uint8Array[];
  readonly ownKeys: Uint8Array | undefined;
}

/** The key sets after a commit, and the way back. */
export interface NextMemberKeys {
  readonly keys: MemberKeys;
  readonly delta: RowsDelta;
}

/** The key sets of these leaves. */
export function memberKeysOf(sets: readonly (Uint8Array | undefined)[]): MemberKeys {
  const writer = new Writer(sets.reduce((sum, set) => sum + 5 + (set?.length ?? 0), 0));
  for (const set of sets) writeSet(writer, set);
  return writer.finish();
}

/** Each leaf's key set, as views. @throws DecodeError */
export function keySetsOf(keys: MemberKeys): (Uint8Array | undefined)[] {
  const reader = new Reader(keys);
  const sets: (Uint8Array | undefined)[] = [];
  while (reader.remaining > 0) sets.push(readSet(reader));
  return sets;
}

/** The key sets after a commit: copied in a few pieces around those that change. */
export function nextMemberKeys(keys: MemberKeys, change: KeysChange): NextMemberKeys {
  const changes = changesOf(change);
  const before = new Map<number, Uint8Array | undefined>();
  const reader = new Reader(keys);
  const writer = new Writer(keys.length + 1024);
  let [leaf, copied] = [0, 0];
  for (const changed of [...changes.keys()].sort((a, b) => a - b)) {
    for (; leaf < changed && reader.remaining > 0; leaf++) skipSet(reader);
    writer.bytes(keys.subarray(copied, reader.position));
    for (; leaf < changed; leaf++) writeSet(writer, undefined);
    before.set(changed, reader.remaining > 0 ? readSet(reader) : undefined);
    writeSet(writer, changes.get(changed));
    [leaf, copied] = [changed + 1, reader.position];
  }
  return { keys: writer.bytes(keys.subarray(copied)).view(), delta: deltaTo(before) };
}

function changesOf({ committer, removed, joiners, keySets, ownKeys }: KeysChange) {
  const changes = new Map<number, Uint8Array | undefined>();
  for (const leaf of removed) changes.set(leaf, undefined);
  if (ownKeys !== undefined) changes.set(committer, ownKeys);
  for (const [i, { leafIndex }] of joiners.entries()) changes.set(leafIndex, keySets[i]);
  return changes;
}

function readSet(reader: Reader): Uint8Array | undefined {
  return reader.optional((r) => r.opaque());
}

function skipSet(reader: Reader): void {
  reader.optional((r) => r.skipOpaque());
}

function writeSet(writer: Writer, set: Uint8Array | undefined): void {
  writer.optional(set, (w, bytes) => w.opaque(bytes));
}
