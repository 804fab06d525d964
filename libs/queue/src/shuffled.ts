import type { Random } from '@phoenix/crypto';

const RANGE = 2 ** 32;

/** The items in random order (Fisher-Yates), as a new array: so that the order in which rows are written tells nothing. */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const result = [...items];
  const bytes = random.bytes(4 * result.length);
  const draws = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor((draws.getUint32(4 * i) / RANGE) * (i + 1));
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
