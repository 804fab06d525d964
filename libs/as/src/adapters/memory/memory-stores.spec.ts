import { nodeCrypto } from '@phoenix/crypto';
import { accountStoreConformance } from '../../testing/account-store.conformance.js';
import { authorityStoreConformance } from '../../testing/authority-store.conformance.js';
import { handshakeStoreConformance } from '../../testing/handshake-store.conformance.js';
import { profileStoreConformance } from '../../testing/profile-store.conformance.js';
import { registrationStoreConformance } from '../../testing/registration-store.conformance.js';
import { MemoryAccountStore } from './memory-account-store.js';
import { MemoryAccounts } from './memory-accounts.js';
import { MemoryAuthorityStore } from './memory-authority-store.js';
import { MemoryHandshakeStore } from './memory-handshake-store.js';
import { MemoryProfileStore } from './memory-profile-store.js';
import { MemoryRegistrationStore } from './memory-registration-store.js';

describe('the authority store in memory', () => {
  authorityStoreConformance(async () => new MemoryAuthorityStore());
});

describe('the registration store in memory', () => {
  registrationStoreConformance(async () => new MemoryRegistrationStore());
});

describe('the account store in memory', () => {
  accountStoreConformance(async () => {
    const all = new MemoryAccounts();
    return { accounts: new MemoryAccountStore(all), registration: new MemoryRegistrationStore(all) };
  });
});

describe('the profile store in memory', () => {
  profileStoreConformance(async () => {
    const all = new MemoryAccounts();
    return { profiles: new MemoryProfileStore(all), registration: new MemoryRegistrationStore(all) };
  });
});

describe('the hand-shake store in memory', () => {
  handshakeStoreConformance(async (clock) => new MemoryHandshakeStore(nodeCrypto(), clock));
});
