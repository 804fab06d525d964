/// <reference types="jest" />
import type { ClientStore } from '../store/client-store.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

/** What every ClientStore must do; `fresh` gives an empty one. */
export function describeClientStore(name: string, fresh: () => Promise<ClientStore>): void {
  describe(`${name} keeps the promises of ClientStore`, () => {
    let store: ClientStore;
    beforeEach(async () => {
      store = await fresh();
    });

    it('knows nothing of a key that was never written', async () => {
      expect(await store.get('a')).toBeUndefined();
      expect(await store.keys('')).toEqual([]);
    });

    it('gives back what was last written under a key', async () => {
      await store.write([{ key: 'a', value: bytes(1) }]);
      await store.write([{ key: 'a', value: bytes(2, 3) }]);
      expect(await store.get('a')).toEqual(bytes(2, 3));
    });

    it('tells an empty value from a missing one', async () => {
      await store.write([{ key: 'a', value: bytes() }]);
      expect(await store.get('a')).toEqual(bytes());
    });

    it('applies a batch in its order', async () => {
      await store.write([
        { key: 'a', value: bytes(1) },
        { key: 'a', value: undefined },
        { key: 'b', value: bytes(2) },
      ]);
      expect(await store.keys('')).toEqual(['b']);
    });

    it('lists the keys under a prefix in order, and no others', async () => {
      await store.write(['g/2', 'g/10', 'h/1', 'g/1'].map((key) => ({ key, value: bytes(0) })));
      expect(await store.keys('g/')).toEqual(['g/1', 'g/10', 'g/2']);
    });

    it('copies values on the way in and on the way out', async () => {
      const value = bytes(1);
      const written = store.write([{ key: 'a', value }]);
      value.fill(9);
      await written;
      (await store.get('a'))?.fill(9);
      expect(await store.get('a')).toEqual(bytes(1));
    });

    it('keeps every one of many batches written at once', async () => {
      const keys = Array.from({ length: 20 }, (_, i) => `k/${String(i).padStart(2, '0')}`);
      await Promise.all(keys.map((key) => store.write([{ key, value: bytes(1) }])));
      expect(await store.keys('k/')).toEqual(keys);
    });
  });
}
