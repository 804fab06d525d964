import fc, { type Arbitrary } from 'fast-check';
import type { Commit } from '../codec/commit.js';
import type { Credential } from '../codec/credential.js';
import type { Extension } from '../codec/extension.js';
import type { FramedContent } from '../codec/framed-content.js';
import type { GroupContext } from '../codec/group-context.js';
import type { GroupInfo } from '../codec/group-info.js';
import type { UnverifiedKeyPackage } from '../codec/key-package.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { PreSharedKeyId } from '../codec/pre-shared-key-id.js';
import type { PrivateMessage } from '../codec/private-message.js';
import type { Proposal } from '../codec/proposal.js';
import { MLS10 } from '../codec/protocol-version.js';
import type { PublicMessage } from '../codec/public-message.js';
import type { Sender } from '../codec/sender.js';
import type { TreeNode } from '../codec/tree-node.js';
import type { UpdatePath } from '../codec/update-path.js';
import type { Welcome } from '../codec/welcome.js';

/** Values of every struct, for round trips. Byte strings cross the borders of the one- and two-byte lengths. */
const bytes = fc.oneof(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ minLength: 60, maxLength: 68 }));
const u16 = fc.nat({ max: 0xffff });
const u32 = fc.nat({ max: 0xffffffff });
const u64 = fc.bigInt({ min: 0n, max: 0xffffffffffffffffn });
const few = <T>(item: Arbitrary<T>): Arbitrary<T[]> => fc.array(item, { maxLength: 3 });
const is = <T extends string>(type: T): Arbitrary<T> => fc.constant(type);
const version = fc.constant<typeof MLS10>(MLS10);

export const extension: Arbitrary<Extension> = fc.record({ type: u16, data: bytes });
export const credential: Arbitrary<Credential> = fc.oneof(
  fc.record({ type: is('basic'), identity: bytes }),
  fc.record({ type: is('x509'), certificates: few(bytes) }),
);
export const capabilities = fc.record({
  versions: few(u16),
  cipherSuites: few(u16),
  extensions: few(u16),
  proposals: few(u16),
  credentials: few(u16),
});
export const requiredCapabilities = fc.record({
  extensionTypes: few(u16),
  proposalTypes: few(u16),
  credentialTypes: few(u16),
});
export const leafNode: Arbitrary<LeafNode> = fc.record({
  encryptionKey: bytes,
  signatureKey: bytes,
  credential,
  capabilities,
  source: fc.oneof(
    fc.record({ type: is('key_package'), lifetime: fc.record({ notBefore: u64, notAfter: u64 }) }),
    fc.record({ type: is('update') }),
    fc.record({ type: is('commit'), parentHash: bytes }),
  ),
  extensions: few(extension),
  signature: bytes,
});
export const keyPackage: Arbitrary<UnverifiedKeyPackage> = fc.record({
  version,
  cipherSuite: u16,
  initKey: bytes,
  leafNode,
  extensions: few(extension),
  signature: bytes,
});
export const parentNode = fc.record({ encryptionKey: bytes, parentHash: bytes, unmergedLeaves: few(u32) });
export const treeNode: Arbitrary<TreeNode> = fc.oneof(
  fc.record({ type: is('leaf'), leaf: leafNode }),
  fc.record({ type: is('parent'), parent: parentNode }),
);
export const preSharedKeyId: Arbitrary<PreSharedKeyId> = fc.oneof(
  fc.record({ type: is('external'), pskId: bytes, nonce: bytes }),
  fc.record({
    type: is('resumption'),
    usage: fc.constantFrom('application' as const, 'reinit' as const, 'branch' as const),
    groupId: bytes,
    epoch: u64,
    nonce: bytes,
  }),
);
export const proposal: Arbitrary<Proposal> = fc.oneof(
  fc.record({ type: is('add'), keyPackage }),
  fc.record({ type: is('update'), leafNode }),
  fc.record({ type: is('remove'), removed: u32 }),
  fc.record({ type: is('psk'), psk: preSharedKeyId }),
  fc.record({
    type: is('reinit'),
    reInit: fc.record({ groupId: bytes, version: u16, cipherSuite: u16, extensions: few(extension) }),
  }),
  fc.record({ type: is('external_init'), kemOutput: bytes }),
  fc.record({ type: is('group_context_extensions'), extensions: few(extension) }),
);
const ciphertext = fc.record({
  kemOutput: fc.uint8Array({ minLength: 32, maxLength: 70 }),
  ciphertext: fc.uint8Array({ minLength: 16, maxLength: 70 }),
});
export const updatePath: Arbitrary<UpdatePath> = fc.record({
  leafNode,
  nodes: few(fc.record({ encryptionKey: bytes, encryptedPathSecrets: few(ciphertext) })),
});
export const commit: Arbitrary<Commit> = fc.record({
  proposals: few(
    fc.oneof(
      fc.record({ type: is('proposal'), proposal }),
      fc.record({ type: is('reference'), reference: bytes }),
    ),
  ),
  path: fc.option(updatePath, { nil: undefined }),
});
export const sender: Arbitrary<Sender> = fc.oneof(
  fc.record({ type: is('member'), leafIndex: u32 }),
  fc.record({ type: is('external'), senderIndex: u32 }),
  fc.record({ type: fc.constantFrom('new_member_proposal' as const, 'new_member_commit' as const) }),
);
export const framedContent: Arbitrary<FramedContent> = fc.record({
  groupId: bytes,
  epoch: u64,
  sender,
  authenticatedData: bytes,
  body: fc.oneof(
    fc.record({ type: is('application'), applicationData: bytes }),
    fc.record({ type: is('proposal'), proposal }),
    fc.record({ type: is('commit'), commit }),
  ),
});
export const publicMessage: Arbitrary<PublicMessage> = fc
  .tuple(framedContent, bytes, bytes, bytes)
  .map(([content, signature, confirmation, membership]) => ({
    content,
    auth: { signature, confirmationTag: content.body.type === 'commit' ? confirmation : undefined },
    membershipTag: content.sender.type === 'member' ? membership : undefined,
  }));
export const privateMessage: Arbitrary<PrivateMessage> = fc.record({
  groupId: bytes,
  epoch: u64,
  contentType: fc.constantFrom('application' as const, 'proposal' as const, 'commit' as const),
  authenticatedData: bytes,
  encryptedSenderData: bytes,
  ciphertext: bytes,
});
export const groupContext: Arbitrary<GroupContext> = fc.record({
  version,
  cipherSuite: u16,
  groupId: bytes,
  epoch: u64,
  treeHash: bytes,
  confirmedTranscriptHash: bytes,
  extensions: few(extension),
});
export const groupInfo: Arbitrary<GroupInfo> = fc.record({
  groupContext,
  extensions: few(extension),
  confirmationTag: bytes,
  signer: u32,
  signature: bytes,
});
export const welcome: Arbitrary<Welcome> = fc.record({
  cipherSuite: u16,
  secrets: few(fc.record({ newMember: bytes, encryptedGroupSecrets: ciphertext })),
  encryptedGroupInfo: bytes,
});
export const externalSenders = few(fc.record({ signatureKey: bytes, credential }));
export const externalPubValue = fc.record({ externalPub: bytes });
