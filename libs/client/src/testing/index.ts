export { describeClientStore } from './client-store.conformance.js';
export { CredentialAuthority, type Issued } from './credential-authority.js';
