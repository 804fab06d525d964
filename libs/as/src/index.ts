export { AsModule, type AsOptions } from './as.module.js';
export { AuthorityStore } from './ports/authority-store.js';
export { RegistrationPolicy } from './ports/registration-policy.js';
export { RegistrationStore } from './ports/registration-store.js';
export { type AuthorityKeys, type IssuerKind, type StoredIssuer } from './domain/issuer.js';
export { OpenRegistration } from './adapters/policy/open-registration.js';
export { AS_RULES, type AsRuleId } from './domain/rules.js';
