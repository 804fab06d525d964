import { storeKeyStoreConformance } from '@phoenix/queue/testing';
import {
  addPackageStoreConformance,
  ofStoreKeys,
  type QsStores,
  queueStoreConformance,
  recordStoreConformance,
  serviceKeyStoreConformance,
  TestDatabases,
} from '../../testing/index.js';

const databases = new TestDatabases();
afterAll(() => databases.drop());

const fresh = (): Promise<QsStores> => databases.stores();
const named = async (): Promise<QsStores> => {
  const stores = await fresh();
  await stores.storeKeys.initialise(1);
  return stores;
};

describe('the record store on Postgres', () => recordStoreConformance(named));
describe('the add package store on Postgres', () => addPackageStoreConformance(named));
describe('the queue store on Postgres', () => queueStoreConformance(named));
describe('the store key store on Postgres', () =>
  storeKeyStoreConformance(async () => ofStoreKeys(await fresh())));
describe('the service key store on Postgres', () => serviceKeyStoreConformance(fresh));
