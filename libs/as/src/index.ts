export { AsModule, type AsOptions } from './as.module.js';
export { type AsOperator, openAsOperator } from './operator.js';
export { Invitations, type MadeInvitation } from './service/invitations.js';
export { AuthorityStore } from './ports/authority-store.js';
export {
  type Admission,
  RegistrationPolicy,
  type RegistrationProof,
  type RegistrationTerms,
} from './ports/registration-policy.js';
export { AccountStore } from './ports/account-store.js';
export { type AliasMonths, type AliasRecord, AliasStore } from './ports/alias-store.js';
export { ConnectionStore, type Publication, type TakenPackage } from './ports/connection-store.js';
export { KeyOrderStore } from './ports/key-order-store.js';
export {
  AliasQueueStore,
  type DequeueOffers,
  DirectQueueStore,
  OfferQueueStore,
} from './ports/offer-queue-store.js';
export type { PublishedPackage } from './domain/published-package.js';
export { ExpireIdle } from './service/expire-idle.js';
export { ExpireOffers } from './service/expire-offers.js';
export { HandshakeStore } from './ports/handshake-store.js';
export { ProfileStore } from './ports/profile-store.js';
export { type NewUser, type Registration, RegistrationStore } from './ports/registration-store.js';
export type { IssuedCredential } from './domain/issued-credential.js';
export {
  type AuthorityKeys,
  type IssuerChanges,
  type IssuerKind,
  type StoredIssuer,
} from './domain/issuer.js';
export type { RegistrationSettings } from './adapters/policy/registration-policy.js';
export { InvitedRegistration } from './adapters/policy/invited-registration.js';
export { OpenRegistration } from './adapters/policy/open-registration.js';
export { WorkedRegistration } from './adapters/policy/worked-registration.js';
export { AS_RULES, type AsRuleId } from './domain/rules.js';
