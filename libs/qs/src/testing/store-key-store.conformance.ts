import { nodeCrypto } from '@phoenix/crypto';
import { formatUuid } from '@phoenix/wire';
import { MONTH, sampleQueue, sampleRecords } from './sample-records.js';
import type { QsStores } from './stores.js';

const crypto = nodeCrypto();

/** What every StoreKeyStore must hold to; `make` answers fresh stores without a store key. */
export function storeKeyStoreConformance(make: () => Promise<QsStores>): void {
  const current = async (stores: QsStores): Promise<number> => {
    let id = 0;
    await stores.queues.append({ receipts: [], clientIds: [], month: MONTH }, ({ storeKeyId }) => {
      id = storeKeyId;
      return [];
    });
    return id;
  };

  it('names the first store key once, and never goes back', async () => {
    const stores = await make();
    expect(await stores.storeKeys.initialise(3)).toBe(3);
    expect(await stores.storeKeys.initialise(4)).toBe(3);
    await stores.storeKeys.advance(5);
    await stores.storeKeys.advance(4);
    expect(await current(stores)).toBe(5);
  });

  it('passes every queue under an older key to the step, once, and keeps what it makes of it', async () => {
    const stores = await make();
    await stores.storeKeys.initialise(1);
    const clientIds: Uint8Array[] = [];
    for (let i = 0; i < 25; i++) {
      const records = sampleRecords();
      clientIds.push(records.client.clientId);
      await stores.records.create(records, (id) => sampleQueue(records.client.clientId, id));
    }
    await stores.storeKeys.advance(2);
    const seen: string[] = [];
    const wrappedSecret = crypto.random.bytes(61);
    await stores.storeKeys.rewrap(10, (head, storeKeyId) => {
      seen.push(formatUuid(head.clientId));
      return seen.length === 1 ? undefined : { ...head, storeKeyId, wrappedSecret };
    });
    expect([...seen].sort()).toEqual(clientIds.map(formatUuid).sort());
    const again: number[] = [];
    await stores.storeKeys.rewrap(10, (head) => void again.push(head.storeKeyId));
    expect(again).toEqual([1]);
    const request = { receipts: [], clientIds: seen.slice(1), month: MONTH };
    await stores.queues.append(request, ({ heads }) => {
      for (const head of heads.values()) expect([...head.wrappedSecret]).toEqual([...wrappedSecret]);
      return [];
    });
  });
}
