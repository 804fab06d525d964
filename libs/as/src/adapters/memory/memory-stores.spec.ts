import { authorityStoreConformance } from '../../testing/authority-store.conformance.js';
import { registrationStoreConformance } from '../../testing/registration-store.conformance.js';
import { MemoryAuthorityStore } from './memory-authority-store.js';
import { MemoryRegistrationStore } from './memory-registration-store.js';

describe('the authority store in memory', () => {
  authorityStoreConformance(async () => new MemoryAuthorityStore());
});

describe('the registration store in memory', () => {
  registrationStoreConformance(async () => new MemoryRegistrationStore());
});
