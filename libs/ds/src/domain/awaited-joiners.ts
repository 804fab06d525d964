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

/** Those who are still awaited once leaves with these keys are known to have joined: mostly all of them. */
export function stillAwaited(joiners: AwaitedJoiners, settled: KeySet): AwaitedJoiners {
  const writer = new Writer();
  const reader = new Reader(joiners);
  let copied = 0;
  while (reader.remaining > 0) {
    const start = reader.position;
    reader.skip(REF_LENGTH);
    if (!settled.has(reader.opaque(MAX_KEY_LENGTH))) continue;
    writer.bytes(reader.slice(copied, start));
    copied = reader.position;
  }
  return copied === 0 ? joiners : writer.bytes(reader.slice(copied)).view();
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
