import type { Random } from '@phoenix/crypto';

/** Items in an order drawn at random: the order in which we ask for several names tells nothing about when we took them. */
export function inRandomOrder<T>(random: Random, items: readonly T[]): T[] {
  const draw = (): bigint => new DataView(new Uint8Array(random.bytes(8)).buffer).getBigUint64(0);
  const drawn = items.map((item) => ({ item, place: draw() }));
  return drawn.sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ item }) => item);
}
