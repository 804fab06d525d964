export { authorityStoreConformance } from './authority-store.conformance.js';
export { registrationStoreConformance } from './registration-store.conformance.js';
export { type Applicant, applicant, selfSigned } from './signed-csr.js';
export { MemoryAuthorityStore } from '../adapters/memory/memory-authority-store.js';
export { MemoryRegistrationStore } from '../adapters/memory/memory-registration-store.js';
