import { nodeCrypto } from '@phoenix/crypto';
import { inRandomOrder } from './in-random-order.js';

const { random } = nodeCrypto();

describe('items in random order', () => {
  it('are all there, and each is first about as often as any other', () => {
    const items = ['a', 'b', 'c', 'd'];
    const first = new Map<string, number>();
    const rounds = 4000;
    for (let round = 0; round < rounds; round++) {
      const drawn = inRandomOrder(random, items);
      expect([...drawn].sort()).toEqual(items);
      first.set(drawn[0]!, (first.get(drawn[0]!) ?? 0) + 1);
    }
    // Six standard deviations of a fair draw: 6 * sqrt(4000 * 1/4 * 3/4).
    for (const item of items) expect(Math.abs(first.get(item)! - rounds / 4)).toBeLessThan(165);
  });
});
