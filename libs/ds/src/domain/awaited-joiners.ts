import { Reader, Writer } from '@phoenix/wire';
import type { Joiner } from './joiner.js';
import type { KeySet } from './key-set.js';

/** Whole months for which a joiner is awaited: as long as its Welcome waits in its queue. */
export const AWAITED_MONTHS = 3;

const REF_LENGTH = 32;
const MAX_KEY_LENGTH = 64;

/**
 * Clients that were added in one commit and may not have joined yet, as they are stored:
 * `{ KeyPackageRef[32]; opaque signature_key<V> }` for each.
 */
export type AwaitedJoiners = Uint8Array;

export function awaited(joiners: readonly Joiner[]): AwaitedJoiners {
  const writer = new Writer(joiners.length * 72);
  for (const { ref, signatureKey } of joiners) writer.bytes(ref).opaque(signatureKey);
  return writer.finish();
}

/** Those who are still awaited once leaves with these keys are known to have joined. */
export function stillAwaited(joiners: AwaitedJoiners, settled: KeySet): AwaitedJoiners {
  const kept: Uint8Array[] = [];
  const reader = new Reader(joiners);
  while (reader.remaining > 0) {
    const start = reader.position;
    const { signatureKey } = readJoiner(reader);
    if (!settled.has(signatureKey)) kept.push(reader.slice(start));
  }
  const length = kept.reduce((sum, bytes) => sum + bytes.length, 0);
  if (length === joiners.length) return joiners;
  const writer = new Writer(length);
  for (const bytes of kept) writer.bytes(bytes);
  return writer.view();
}

/** The signature key that goes with a KeyPackageRef, if that is awaited. @throws DecodeError */
export function keyOfAwaited(joiners: AwaitedJoiners, ref: Uint8Array): Uint8Array | undefined {
  const reader = new Reader(joiners);
  while (reader.remaining > 0) {
    const joiner = readJoiner(reader);
    if (Buffer.compare(joiner.ref, ref) === 0) return joiner.signatureKey;
  }
  return undefined;
}

function readJoiner(reader: Reader): { readonly ref: Uint8Array; readonly signatureKey: Uint8Array } {
  return { ref: reader.fixed(REF_LENGTH), signatureKey: reader.opaque(MAX_KEY_LENGTH) };
}
