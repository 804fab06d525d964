import { nodeCrypto } from '@phoenix/crypto';
import { storeKeyStoreConformance } from '@phoenix/queue/testing';
import {
  addPackageStoreConformance,
  memoryStores,
  ofStoreKeys,
  type QsStores,
  queueStoreConformance,
  recordStoreConformance,
  serviceKeyStoreConformance,
} from '../../testing/index.js';

const fresh = async (): Promise<QsStores> => memoryStores(nodeCrypto());
const named = async (): Promise<QsStores> => {
  const stores = await fresh();
  await stores.storeKeys.initialise(1);
  return stores;
};

describe('the record store in memory', () => recordStoreConformance(named));
describe('the add package store in memory', () => addPackageStoreConformance(named));
describe('the queue store in memory', () => queueStoreConformance(named));
describe('the store key store in memory', () =>
  storeKeyStoreConformance(async () => ofStoreKeys(await fresh())));
describe('the service key store in memory', () => serviceKeyStoreConformance(fresh));
