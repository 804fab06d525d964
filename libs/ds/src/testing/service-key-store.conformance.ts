import { nodeCrypto } from '@phoenix/crypto';
import type { ServiceKeyStore } from '../ports/service-key-store.js';

const { random } = nodeCrypto();

/** What every ServiceKeyStore must hold to; `make` answers an empty one. */
export function serviceKeyStoreConformance(make: () => Promise<ServiceKeyStore>): void {
  it('keeps keys with and without a public half', async () => {
    const store = await make();
    const signing = { wrapped: random.bytes(60), publicKey: random.bytes(32) };
    const ticket = { wrapped: random.bytes(60), publicKey: undefined };
    expect(await store.load('ds.signing')).toBeUndefined();
    expect(await store.keep('ds.signing', signing)).toEqual(signing);
    expect(await store.keep('ds.ticket', ticket)).toEqual(ticket);
    expect(await store.load('ds.signing')).toEqual(signing);
    expect(await store.load('ds.ticket')).toEqual(ticket);
  });

  it('gives all who boot together the same key', async () => {
    const store = await make();
    const boots = Array.from({ length: 8 }, () =>
      store.keep('ds.signing', { wrapped: random.bytes(60), publicKey: random.bytes(32) }),
    );
    const kept = await Promise.all(boots);
    for (const key of kept) expect(key).toEqual(kept[0]);
  });
}
