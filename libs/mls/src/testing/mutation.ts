import { type Codec, concat, decode, DecodeError } from '@phoenix/wire';
import type { Checked } from '../validation/checked.js';
import { RULES } from '../validation/rules.js';
import type { SeededBytes } from './seeded-bytes.js';

/** One small damage: a bit, a byte, a piece left out, repeated, or moved. */
export function mutated(random: SeededBytes, bytes: Uint8Array): Uint8Array {
  const at = random.below(bytes.length);
  const kind = random.below(5);
  const copy = bytes.slice();
  if (kind === 0) copy[at]! ^= 1 << random.below(8);
  if (kind === 1) copy[at] = random.below(256);
  const length = 1 + random.below(40);
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
  if (kind === 2) return concat(head, tail.subarray(length));
  if (kind === 3) return concat(head, tail.subarray(0, length), tail);
  if (kind === 4) copy.copyWithin(at, random.below(bytes.length), random.below(bytes.length));
  return copy;
}

/** Undefined where the bytes are refused with DecodeError; whatever else is thrown stays thrown. */
export function decoded<T>(codec: Codec<T>, bytes: Uint8Array): T | undefined {
  return unlessRefused(() => decode(codec, bytes));
}

export function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** What became of a number of mutations. */
export interface MutationCounts {
  /** Refused by the codec. */
  undecodable: number;
  /** Refused by a rule. */
  refused: number;
  /** Nothing that is signed was changed: for members to refuse, or no change at all. */
  unsigned: number;
}

/** An input as it travels, and how a mutated one is handed in. */
export interface Mutable {
  readonly bytes: Uint8Array;
  /** Undefined: not decodable; 'unsigned': the same to all who hold no secrets. */
  readonly attempt: (bytes: Uint8Array) => Checked<unknown> | 'unsigned' | undefined;
}

/** Mutates the inputs, in turns at random; throws where one is accepted or breaks no known rule. */
export function countMutations(
  random: SeededBytes,
  count: number,
  inputs: readonly Mutable[],
  checkState: () => void,
): MutationCounts {
  const counts = { undecodable: 0, refused: 0, unsigned: 0 };
  for (let i = 0; i < count; i++) {
    const { bytes, attempt } = random.pick(inputs);
    const other = mutated(random, bytes);
    const result = Buffer.compare(other, bytes) === 0 ? 'unsigned' : attempt(other);
    if (result === undefined) counts.undecodable++;
    else if (result === 'unsigned') counts.unsigned++;
    else if (result.ok) throw new Error(`mutation ${i} was accepted`);
    else if (result.rule in RULES) counts.refused++;
    else throw new Error(`mutation ${i} broke no known rule`);
    checkState();
  }
  return counts;
}
