export { type AccountStores, accountStoreConformance } from './account-store.conformance.js';
export { type ProfileStores, profileStoreConformance } from './profile-store.conformance.js';
export { anIssuedCredential, aNewUser } from './sample-accounts.js';
export { handshakeStoreConformance } from './handshake-store.conformance.js';
export { authorityStoreConformance } from './authority-store.conformance.js';
export { registrationStoreConformance } from './registration-store.conformance.js';
export { type Applicant, applicant, selfSigned } from './signed-csr.js';
export { MemoryAuthorityStore } from '../adapters/memory/memory-authority-store.js';
export { MemoryRegistrationStore } from '../adapters/memory/memory-registration-store.js';
export { MemoryAccounts } from '../adapters/memory/memory-accounts.js';
export { MemoryAccountStore } from '../adapters/memory/memory-account-store.js';
export { MemoryHandshakeStore } from '../adapters/memory/memory-handshake-store.js';
export { MemoryProfileStore } from '../adapters/memory/memory-profile-store.js';
export { aliasStoreConformance } from './alias-store.conformance.js';
export { connectionStoreConformance } from './connection-store.conformance.js';
export { connectionsConformance } from './connections-conformance.js';
export {
  type ConnectionStores,
  memoryConnectionStores,
  typeormConnectionStores,
} from './connection-stores.js';
export { keyOrderStoreConformance } from './key-order-store.conformance.js';
export { offerQueueStoreConformance, type OfferQueueUnderTest } from './offer-queue-store.conformance.js';
export { AliasOwner, ConnectableClient, signedAs } from './connection-people.js';
export { aConnectionPackage, anOffer, signPackage } from './some-packages.js';
export { testConnections, type TestConnections } from './test-connections.js';
export { openAsDatabase } from '../adapters/typeorm/data-source.js';
export { RULE_CASES as AS_RULE_CASES } from './rule-cases/index.js';
