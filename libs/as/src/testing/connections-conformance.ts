import { nodeCrypto } from '@phoenix/crypto';
import { storeKeyStoreConformance, type StoreKeyStoreUnderTest } from '@phoenix/queue/testing';
import { aliasQueueId } from '../domain/alias.js';
import { aliasStoreConformance } from './alias-store.conformance.js';
import { connectionStoreConformance } from './connection-store.conformance.js';
import type { ConnectionStores } from './connection-stores.js';
import { keyOrderStoreConformance } from './key-order-store.conformance.js';
import { offerQueueStoreConformance } from './offer-queue-store.conformance.js';
import { addClient, anAlias, aPublication, MONTH, publish, register } from './sample-connections.js';

const crypto = nodeCrypto();

/** All suites of the stores by which users are connected; `make` answers fresh ones. */
export function connectionsConformance(make: () => Promise<ConnectionStores>): void {
  const named = async (): Promise<ConnectionStores> => {
    const stores = await make();
    await stores.storeKeys.initialise(1);
    return stores;
  };

  describe('its connection store', () => connectionStoreConformance(named));
  describe('its alias store', () => aliasStoreConformance(named));
  describe('its key order store', () => keyOrderStoreConformance(named));
  describe('its direct queues', () => {
    offerQueueStoreConformance(async () => {
      const stores = await named();
      const { user, uuid } = await addClient(stores);
      await publish(stores, aPublication({ user, uuid }));
      return { queues: stores.directQueues, queueId: uuid, owner: user.uuid };
    });
  });
  describe('its alias queues', () => {
    offerQueueStoreConformance(async () => {
      const stores = await named();
      const record = anAlias();
      await register(stores, record);
      const queueId = aliasQueueId(crypto, record.alias);
      return { queues: stores.aliasQueues, queueId, owner: record.authKey };
    });
  });
  describe('its store key store', () => {
    storeKeyStoreConformance(async () => ofDirectQueues(await make()));
  });
}

/** The direct queues, as the conformance suite of StoreKeyStore looks at them. */
function ofDirectQueues(stores: ConnectionStores): StoreKeyStoreUnderTest {
  const { storeKeys, directQueues, connections } = stores;
  return {
    storeKeys,
    current: async () => {
      let current = 0;
      const client = await addClient(stores);
      await publish(stores, aPublication(client));
      await directQueues.append(client.uuid, MONTH, (_head, storeKeyId) => void (current = storeKeyId));
      return current;
    },
    addQueue: async (id, queue) => {
      await connections.publish(aPublication(await addClient(stores, id)), queue);
    },
    headOf: async (id) => {
      const seen: Parameters<Parameters<typeof directQueues.append>[2]>[0][] = [];
      await directQueues.append(id, MONTH, (head) => void seen.push(head));
      return seen[0];
    },
  };
}
