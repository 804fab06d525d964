export { MemoryFanOutTransport, type TakenEntry } from '../adapters/memory/memory-fan-out-transport.js';
export { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
export { MemoryServiceKeyStore } from '../adapters/memory/memory-service-key-store.js';
export { fanOutTransportConformance, type TransportUnderTest } from './fan-out-transport.conformance.js';
export { groupStoreOn, type OpenedGroupStore } from './group-store-on.js';
export { groupStoreConformance } from './group-store.conformance.js';
export { serviceKeyStoreConformance } from './service-key-store.conformance.js';
export { DsUnderTest } from './ds-under-test.js';
export { ScriptedConversation } from './scripted-conversation.js';
