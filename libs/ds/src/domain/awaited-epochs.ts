import { type CodecValue, list, opaque, struct, u32, u64 } from '@phoenix/wire';
import { type AwaitedJoiners, AWAITED_MONTHS, stillAwaited } from './awaited-joiners.js';
import type { KeySet } from './key-set.js';
import { composed, NO_CHANGE } from './rows-delta.js';

/** An epoch that somebody still has to join, and what rebuilds it from the next newer such epoch, or from the present. */
const awaitedEpoch = struct({
  epoch: u64,
  /** The last month in which its joiners are awaited. */
  expiryMonth: u32,
  joiners: opaque(),
  /** RowsDelta of the tree's nodes. */
  tree: opaque(),
  /** RowsDelta of the key sets. */
  memberKeys: opaque(),
});
export type AwaitedEpoch = CodecValue<typeof awaitedEpoch>;

/** Newest first: each is rebuilt from the one before it. */
export const awaitedEpochsCodec = list(awaitedEpoch);

/** The way back to an epoch. */
export type EpochDelta = Pick<AwaitedEpoch, 'tree' | 'memberKeys'>;

/**
 * What all awaited epochs may take together, in bytes: beyond, the oldest are forgotten, and their joiners have to be
 * added again. Without it, one admin's commits could make a row grow without end.
 */
const MAX_BYTES = 8 * 1024 * 1024;

/** A commit, as those see it who have yet to join. */
export interface EpochStep {
  /** The epoch that the commit leads to. */
  readonly epoch: bigint;
  readonly month: number;
  /** From that epoch back to the one before. */
  readonly delta: EpochDelta;
  readonly joiners: AwaitedJoiners;
  /** Signature keys of who has joined, shown by committing. */
  readonly settled: KeySet;
}

/**
 * The awaited epochs after a commit. Epochs that nobody awaits any more go into the delta of the next older one; what is
 * older still stays as it is. No tree is rebuilt for it, and nothing decoded but the deltas that are joined.
 */
export function moveOn(epochs: readonly AwaitedEpoch[], step: EpochStep): AwaitedEpoch[] {
  const next: AwaitedEpoch[] = [];
  if (step.joiners.length > 0) next.push(entered(step));
  let delta = step.delta;
  for (const older of epochs) {
    delta = {
      tree: composed(delta.tree, older.tree),
      memberKeys: composed(delta.memberKeys, older.memberKeys),
    };
    const joiners = older.expiryMonth < step.month ? NO_CHANGE : stillAwaited(older.joiners, step.settled);
    if (joiners.length === 0) continue;
    next.push({ ...older, ...delta, joiners });
    delta = UNCHANGED;
  }
  return withinLimit(next);
}

const UNCHANGED: EpochDelta = { tree: NO_CHANGE, memberKeys: NO_CHANGE };

function entered({ epoch, month, joiners }: EpochStep): AwaitedEpoch {
  return { epoch, expiryMonth: month + AWAITED_MONTHS, joiners, ...UNCHANGED };
}

function withinLimit(epochs: AwaitedEpoch[]): AwaitedEpoch[] {
  let room = MAX_BYTES;
  const overflow = epochs.findIndex(({ tree, memberKeys, joiners }) => {
    room -= tree.length + memberKeys.length + joiners.length;
    return room < 0;
  });
  return overflow < 0 ? epochs : epochs.slice(0, overflow);
}
