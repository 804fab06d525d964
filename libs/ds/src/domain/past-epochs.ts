import {
  applyTreeDelta,
  decodeRatchetTree,
  encodeRatchetTree,
  type RatchetTree,
  treeDelta,
} from '@phoenix/mls';
import { type CodecValue, list, opaque, struct, u64 } from '@phoenix/wire';
import { applyKeysDelta, deltaOfKeys, type MemberKeys, memberKeysDelta } from './member-keys.js';

/** What rebuilds an epoch that somebody still has to join, from the next newer such epoch or from the present. */
const pastEpoch = struct({ epoch: u64, tree: opaque(), memberKeys: memberKeysDelta });
export type PastEpoch = CodecValue<typeof pastEpoch>;

/** Newest first: each is rebuilt from the one before it. */
export const pastEpochsCodec = list(pastEpoch);

/** Tree and key sets of one epoch. */
export interface EpochState {
  readonly epoch: bigint;
  readonly tree: RatchetTree;
  readonly memberKeys: MemberKeys;
}

/** What a joiner is given: the tree as `optional<Node> ratchet_tree<V>`. */
export interface WelcomeState {
  readonly ratchetTree: Uint8Array;
  readonly memberKeys: MemberKeys;
}

/** An epoch's tree and key sets, though the group moved on; undefined for an epoch that nobody awaits. */
export function stateAt(
  present: EpochState,
  past: readonly PastEpoch[],
  epoch: bigint,
): WelcomeState | undefined {
  let state: WelcomeState = { ratchetTree: encodeRatchetTree(present.tree), memberKeys: present.memberKeys };
  if (epoch === present.epoch) return state;
  for (const older of past) {
    state = stepBack(state, older);
    if (older.epoch === epoch) return state;
  }
  return undefined;
}

/**
 * The past epochs once `next` has followed `present`: only those in `needed` are kept, each as the difference to the
 * next newer one that is. So their bytes grow with what changed and with who is awaited, not with how often it changed.
 */
export function moveOn(
  next: EpochState,
  present: EpochState,
  past: readonly PastEpoch[],
  needed: ReadonlySet<bigint>,
): PastEpoch[] {
  const kept: PastEpoch[] = [];
  let newer = next;
  let walked = present;
  const lastDropped = past.findLastIndex(({ epoch }) => !needed.has(epoch));
  if (needed.has(present.epoch)) {
    kept.push(difference(next, present));
    newer = present;
  }
  for (const [i, older] of past.entries()) {
    // From here on every epoch stays, and so does the one that the next is rebuilt from: nothing to recompute.
    if (i > lastDropped && newer === walked) return [...kept, ...past.slice(i)];
    walked = rebuilt(walked, older);
    if (!needed.has(older.epoch)) continue;
    kept.push(difference(newer, walked));
    newer = walked;
  }
  return kept;
}

function difference(newer: EpochState, older: EpochState): PastEpoch {
  return {
    epoch: older.epoch,
    tree: treeDelta(newer.tree, older.tree),
    memberKeys: deltaOfKeys(newer.memberKeys, older.memberKeys),
  };
}

function stepBack(state: WelcomeState, older: PastEpoch): WelcomeState {
  return {
    ratchetTree: applyTreeDelta(state.ratchetTree, older.tree),
    memberKeys: applyKeysDelta(state.memberKeys, older.memberKeys),
  };
}

function rebuilt(newer: EpochState, older: PastEpoch): EpochState {
  const state = stepBack({ ...newer, ratchetTree: encodeRatchetTree(newer.tree) }, older);
  // Differences are between nodes: the hashes, which make a tree a verified one, are not asked for.
  const tree = decodeRatchetTree(state.ratchetTree, MAX_LEAVES) as RatchetTree;
  return { epoch: older.epoch, tree, memberKeys: state.memberKeys };
}

/** Trees that were accepted once are read back whatever today's limit is. */
const MAX_LEAVES = 2 ** 20;
