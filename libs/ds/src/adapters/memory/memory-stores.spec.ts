import { nodeCrypto } from '@phoenix/crypto';
import { fanOutTransportConformance } from '../../testing/fan-out-transport.conformance.js';
import { groupStoreConformance } from '../../testing/group-store.conformance.js';
import { serviceKeyStoreConformance } from '../../testing/service-key-store.conformance.js';
import { MemoryFanOutTransport } from './memory-fan-out-transport.js';
import { MemoryGroupStore } from './memory-group-store.js';
import { MemoryServiceKeyStore } from './memory-service-key-store.js';

describe('the DS in memory', () => {
  describe('its group store', () => groupStoreConformance(async () => new MemoryGroupStore()));
  describe('its service key store', () =>
    serviceKeyStoreConformance(async () => new MemoryServiceKeyStore()));
  describe('its fan-out transport', () => {
    const { random } = nodeCrypto();
    fanOutTransportConformance(async () => {
      const transport = new MemoryFanOutTransport();
      return {
        transport,
        destination: 'example.com',
        configs: async (count) => Array.from({ length: count }, () => random.bytes(160)),
        deleteQueue: async (config) => transport.deleteQueue(config),
        received: async (config) => transport.queue(config).map(({ entry }) => entry),
      };
    });
  });
});
