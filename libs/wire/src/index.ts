export { DecodeError, type DecodeReason } from './tls/decode-error.js';
export { tryDecode } from './tls/try-decode.js';
export { Reader } from './tls/reader.js';
export { Writer } from './tls/writer.js';
export { type Codec, type CodecValue, decode, encode } from './tls/codec.js';
export {
  enumeration,
  fixed,
  list,
  mapped,
  opaque,
  optional,
  struct,
  u16,
  u32,
  u64,
  u8,
} from './tls/combinators.js';
export { concat, equal, utf8 } from './tls/bytes.js';
export {
  EXTENSION_GROUP_KEYS,
  EXTENSION_GROUP_POLICY,
  EXTENSION_LAST_RESORT,
  EXTENSION_QUEUE_CONFIG,
} from './code-points.js';
export { LABELS } from './labels.js';
export { formatUuid, parseUuid } from './ids/uuid.js';
export { domain, isDomain } from './ids/domain.js';
export { formatUserId, parseUserId, userId, type UserId } from './ids/user-id.js';
export { type ClientId, clientId, formatClientId, parseClientId } from './ids/client-id.js';
export { isAlias } from './ids/alias.js';
export { groupId, type GroupId } from './ids/group-id.js';
export { expirationData, type ExpirationData, isCurrent, liesWithin } from './credentials/expiration-data.js';
export { signatureScheme, type SignatureScheme } from './credentials/signature-scheme.js';
export {
  type AsCredential,
  asCredential,
  type AsCredentialPayload,
  asCredentialPayload,
} from './credentials/as-credential.js';
export {
  asIntermediateCredential,
  type AsIntermediateCredential,
  asIntermediateCredentialPayload,
  type AsIntermediateCredentialPayload,
} from './credentials/as-intermediate-credential.js';
export { type ClientCsr, clientCsr, clientCsrTbs, type ClientCsrTbs } from './credentials/client-csr.js';
export {
  type ClientCredential,
  clientCredential,
  type ClientCredentialPayload,
  clientCredentialPayload,
} from './credentials/client-credential.js';
export {
  keySuccession,
  type KeySuccession,
  keySuccessionTbs,
  type KeySuccessionTbs,
} from './credentials/key-succession.js';
export { PROOF_OF_WORK_BYTES, proofOfWorkHolds, searchProofOfWork } from './registration/proof-of-work.js';
export { issuerTbs } from './credentials/issuer-tbs.js';
export {
  type LeafCredential,
  leafCredential,
  type LeafCredentialTbs,
  leafCredentialTbs,
} from './credentials/leaf-credential.js';
export { type IdentityLink, identityLink } from './credentials/identity-link.js';
export { type GroupKeys, groupKeys } from './group/group-keys.js';
export { type GroupPolicy, groupPolicy } from './group/group-policy.js';
export { memberKeySet, type MemberKeySet } from './group/member-key-set.js';
export { commitAad, type CommitAad } from './group/commit-aad.js';
export { type GroupInfoUpdate, groupInfoUpdate } from './group/group-info-update.js';
export {
  welcomeAttributionInfo,
  type WelcomeAttributionInfo,
  welcomeAttributionInfoTbs,
  type WelcomeAttributionInfoTbs,
} from './group/welcome-attribution-info.js';
export { welcomeBundle, type WelcomeBundle } from './group/welcome-bundle.js';
export { type QueueConfig, queueConfig, type QueueConfigTbs, queueConfigTbs } from './queue/queue-config.js';
export { sealedQueueConfig, type SealedQueueConfig } from './queue/sealed-queue-config.js';
export {
  type QueueEntryContent,
  queueEntryContent,
  queueEntryType,
  type QueueEntryType,
} from './queue/queue-entry-content.js';
export {
  connectionPackage,
  type ConnectionPackage,
  connectionPackageTbs,
  type ConnectionPackageTbs,
} from './connection/connection-package.js';
export {
  signedConnectionPackage,
  type SignedConnectionPackage,
} from './connection/signed-connection-package.js';
export {
  connectionOffer,
  type ConnectionOffer,
  connectionOfferTbs,
  type ConnectionOfferTbs,
} from './connection/connection-offer.js';
export {
  MAX_SEALED_OFFER_BYTES,
  sealedConnectionOffer,
  type SealedConnectionOffer,
} from './connection/sealed-connection-offer.js';
export { type FriendshipKeys, friendshipKeys } from './contacts/friendship-keys.js';
export { addPackage, type AddPackage } from './contacts/add-package.js';
export {
  type PhoenixContent,
  phoenixContent,
  phoenixContentKind,
  type PhoenixContentKind,
} from './content/phoenix-content.js';
export { sealed, type Sealed } from './seal/sealed.js';
export { type Encrypted, encrypted } from './seal/encrypted.js';
export { labelledContent } from './seal/labelled.js';
export { pad, padmeSize, unpad } from './seal/padding.js';
export { monthNumber, startOfMonth, startOfWeek } from './time/month.js';
export {
  asCredentialValidity,
  clientCredentialValidity,
  connectionPackageValidity,
  intermediateValidity,
  isConnectionPackageValidity,
  isLeafValidity,
  leafValidity,
} from './time/validity.js';
export { ERROR_CODES, type ErrorCode } from './errors/error-code.js';
export { done, type Outcome, type Refusal, refuse } from './errors/outcome.js';
export { formatBase64, formatBase64Url, parseBase64, parseBase64Url } from './http/base64.js';
export { formatContentDigest, parseContentDigest } from './http/content-digest.js';
export { formatKeyId, KEY_KINDS, type KeyId, type KeyKind, parseKeyId } from './http/key-id.js';
export {
  formatSignatureParameters,
  NONCE_BYTES,
  SIGNATURE_LABEL,
  type SignatureParameters,
} from './http/signature-input.js';
export {
  formatSignature,
  formatSignatureInput,
  parseSignatureHeaders,
  type UnverifiedSignature,
} from './http/signature-headers.js';
export { signatureBase, type SignedComponents } from './http/signature-base.js';
