export type { MlsCrypto } from './crypto/mls-crypto.js';
export {
  CIPHER_SUITES,
  type CipherSuite,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519,
} from './crypto/cipher-suite.js';
export { type SignatureLabel, signContent } from './crypto/sign-content.js';
export { keyPackageRef, proposalRef, refHash } from './crypto/ref-hash.js';

export {
  type AuthenticatedContent,
  authenticatedContentCodec,
  framedContentTbs,
} from './codec/authenticated-content.js';
export { type Capabilities, capabilitiesCodec } from './codec/capabilities.js';
export { type Commit, commitCodec } from './codec/commit.js';
export type { ContentType } from './codec/content-type.js';
export { type Credential, credentialCodec, CredentialType } from './codec/credential.js';
export {
  type Extension,
  extensionCodec,
  extensionsCodec,
  ExtensionType,
  findExtension,
} from './codec/extension.js';
export { type ExternalPub, externalPubCodec } from './codec/external-pub.js';
export { type ExternalSender, externalSenderCodec, externalSendersCodec } from './codec/external-sender.js';
export { type FramedBody, type FramedContent, framedContentCodec } from './codec/framed-content.js';
export type { FramedContentAuthData } from './codec/framed-content-auth-data.js';
export { type GroupContext, groupContextCodec } from './codec/group-context.js';
export { type GroupInfo, groupInfoCodec, type GroupInfoContent, groupInfoTbs } from './codec/group-info.js';
export { type HpkeCiphertext, hpkeCiphertextCodec } from './codec/hpke-ciphertext.js';
export {
  type KeyPackage,
  keyPackageCodec,
  type KeyPackageContent,
  keyPackageTbs,
  type UnverifiedKeyPackage,
} from './codec/key-package.js';
export {
  type LeafNode,
  leafNodeCodec,
  type LeafNodeContent,
  leafNodeTbs,
  type LeafPosition,
} from './codec/leaf-node.js';
export type { LeafNodeSource } from './codec/leaf-node-source.js';
export { type Lifetime, lifetimeCodec } from './codec/lifetime.js';
export { type MlsMessage, mlsMessageCodec } from './codec/mls-message.js';
export { type ParentNode, parentNodeCodec } from './codec/parent-node.js';
export {
  type PreSharedKeyId,
  preSharedKeyIdCodec,
  type ResumptionPskUsage,
} from './codec/pre-shared-key-id.js';
export { type PrivateMessage, privateMessageCodec } from './codec/private-message.js';
export { type Proposal, proposalCodec } from './codec/proposal.js';
export { type ProposalOrRef, proposalOrRefCodec } from './codec/proposal-or-ref.js';
export { ProposalType, type ProposalTypeName } from './codec/proposal-type.js';
export { MLS10 } from './codec/protocol-version.js';
export { type PublicMessage, publicMessageCodec } from './codec/public-message.js';
export { type ReInit, reInitCodec } from './codec/re-init.js';
export { type RequiredCapabilities, requiredCapabilitiesCodec } from './codec/required-capabilities.js';
export { type Sender, senderCodec } from './codec/sender.js';
export { type TreeNode, treeNodeCodec } from './codec/tree-node.js';
export { type UpdatePath, updatePathCodec, type UpdatePathNode } from './codec/update-path.js';
export { type EncryptedGroupSecrets, type Welcome, welcomeCodec } from './codec/welcome.js';
export { WireFormat } from './codec/wire-format.js';

export type { RatchetTree } from './tree/ratchet-tree.js';
export {
  decodeRatchetTree,
  encodeRatchetTree,
  type UnverifiedRatchetTree,
} from './tree/unverified-ratchet-tree.js';

export type { Checked } from './validation/checked.js';
export { type Rule, type RuleId, RULES } from './validation/rules.js';
export { UNCHECKABLE, type UncheckableRule } from './validation/uncheckable.js';
export type { Verified } from './validation/verified.js';
export { type KeyPackageContext, verifyKeyPackage } from './validation/verify-key-package.js';

export type { AddedMember } from './group/apply-adds.js';
export { checkApplicationMessage, type GroupEpoch } from './group/check-application-message.js';
export { createPublicGroup, type CreationContext } from './group/create-public-group.js';
export { type GroupInfoUpdate, withGroupInfoUpdate } from './group/group-info-update.js';
export {
  type CommitContext,
  type LeafChange,
  processCommit,
  type StagedCommit,
} from './group/process-commit.js';
export {
  type ExternalCommitContext,
  processExternalCommit,
  type StagedExternalCommit,
} from './group/process-external-commit.js';
export type { GroupInfoParts, Member, PublicGroup } from './group/public-group.js';
export {
  decodeStoredProposal,
  encodeStoredProposal,
  type StoredProposal,
  type UnverifiedProposal,
} from './group/stored-proposal.js';
export { type ProposalContext, verifyProposal } from './group/verify-proposal.js';
export { decodePublicGroup, encodePublicGroup } from './group/snapshot.js';
