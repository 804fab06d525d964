import { nodeCrypto } from '@phoenix/crypto';
import { memoryConnectionStores } from '../../testing/connection-stores.js';
import { connectionsConformance } from '../../testing/connections-conformance.js';

describe('an AS in memory', () => {
  connectionsConformance(async () => memoryConnectionStores(nodeCrypto().random));
});
