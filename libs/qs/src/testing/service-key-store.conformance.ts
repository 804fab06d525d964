import { nodeCrypto } from '@phoenix/crypto';
import type { QsStores } from './stores.js';

const crypto = nodeCrypto();

/** What every ServiceKeyStore must hold to; `make` answers fresh stores. */
export function serviceKeyStoreConformance(make: () => Promise<QsStores>): void {
  it('lets one of several first boots win, for everybody', async () => {
    const { serviceKeys } = await make();
    expect(await serviceKeys.find('signing')).toBeUndefined();
    const keys = Array.from({ length: 8 }, () => ({
      publicKey: crypto.random.bytes(32),
      wrapped: crypto.random.bytes(61),
    }));
    const won = await Promise.all(keys.map((key) => serviceKeys.insertOrFind('signing', key)));
    const names = new Set(won.map(({ publicKey }) => Buffer.from(publicKey).toString('hex')));
    expect(names.size).toBe(1);
    expect(await serviceKeys.find('signing')).toEqual(won[0]);
    expect(await serviceKeys.find('queue-config')).toBeUndefined();
  });
}
