export { sampleMessage, sampleQueue } from './sample-queue.js';
export { storeKeyStoreConformance, type StoreKeyStoreUnderTest } from './store-key-store.conformance.js';
