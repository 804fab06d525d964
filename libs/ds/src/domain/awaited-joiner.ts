import { type CodecValue, equal, fixed, opaque, struct, u32, u64 } from '@phoenix/wire';
import type { Joiner } from './joiner.js';

/** Whole months for which a joiner is awaited: as long as its Welcome waits in its queue. */
const AWAITED_MONTHS = 3;

/** A client that was added and may not have joined yet. */
export const awaitedJoiner = struct({
  /** KeyPackageRef. */
  ref: fixed(32),
  /** The epoch its Welcome is for. */
  epoch: u64,
  signatureKey: opaque(64),
  /** The last month in which it is awaited. */
  expiryMonth: u32,
});
export type AwaitedJoiner = CodecValue<typeof awaitedJoiner>;

export function awaited(joiners: readonly Joiner[], epoch: bigint, month: number): AwaitedJoiner[] {
  const expiryMonth = month + AWAITED_MONTHS;
  return joiners.map(({ ref, signatureKey }) => ({ ref, epoch, signatureKey, expiryMonth }));
}

/** Who is still awaited: not those whose time is over, nor the committer, who shows by committing that it has joined. */
export function stillAwaited(
  joiners: readonly AwaitedJoiner[],
  committerKey: Uint8Array,
  month: number,
): AwaitedJoiner[] {
  return joiners.filter((joiner) => joiner.expiryMonth >= month && !equal(joiner.signatureKey, committerKey));
}
