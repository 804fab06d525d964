import type { QueueHead } from '@phoenix/queue';
import type { StoreKeyStoreUnderTest } from '@phoenix/queue/testing';
import { formatUuid } from '@phoenix/wire';
import type { LockedQueues } from '../ports/queue-store.js';
import { MONTH, sampleRecords } from './sample-records.js';
import type { QsStores } from './stores.js';

/** The stores of a QS, as the conformance suite of StoreKeyStore looks at them. */
export function ofStoreKeys({ storeKeys, queues, records }: QsStores): StoreKeyStoreUnderTest {
  const look = async <T>(clientIds: readonly string[], at: (locked: LockedQueues) => T): Promise<T[]> => {
    const seen: T[] = [];
    await queues.append({ receipts: [], clientIds, month: MONTH }, (locked) => {
      seen.push(at(locked));
      return [];
    });
    return seen;
  };
  return {
    storeKeys,
    current: async () => (await look([], ({ storeKeyId }) => storeKeyId))[0] ?? 0,
    addQueue: async (clientId, queue) => {
      const { user, client } = sampleRecords();
      await records.create({ user, client: { ...client, clientId } }, queue);
    },
    headOf: async (clientId): Promise<QueueHead | undefined> => {
      const id = formatUuid(clientId);
      return (await look([id], ({ heads }) => heads.get(id)))[0];
    },
  };
}
