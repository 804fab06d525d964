export { describeClientStore } from './client-store.conformance.js';
export { CredentialAuthority, type Issued } from './credential-authority.js';
export { forgedEntries, readerIn } from './forged-entries.js';
export { type GarblingEngine, garblingEngine } from './garbling-engine.js';
export { impersonate } from './impersonate.js';
export { type ClientSecrets, inspectStore } from './inspect-store.js';
export { RULE_CASES as CLIENT_RULE_CASES } from './rule-cases/index.js';
