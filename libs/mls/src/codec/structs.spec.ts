import { type Codec, decode, DecodeError, encode } from '@phoenix/wire';
import fc, { type Arbitrary } from 'fast-check';
import * as any from '../testing/arbitraries.js';
import { buildKeyPackage } from '../testing/build-key-package.js';
import { authenticatedContentCodec } from './authenticated-content.js';
import { capabilitiesCodec } from './capabilities.js';
import { commitCodec } from './commit.js';
import { credentialCodec } from './credential.js';
import { extensionCodec } from './extension.js';
import { externalPubCodec } from './external-pub.js';
import { externalSendersCodec } from './external-sender.js';
import { framedContentCodec } from './framed-content.js';
import { groupContextCodec } from './group-context.js';
import { groupInfoCodec } from './group-info.js';
import { keyPackageCodec } from './key-package.js';
import { leafNodeCodec } from './leaf-node.js';
import { type MlsMessage, mlsMessageCodec } from './mls-message.js';
import { parentNodeCodec } from './parent-node.js';
import { preSharedKeyIdCodec } from './pre-shared-key-id.js';
import { privateMessageCodec } from './private-message.js';
import { proposalCodec } from './proposal.js';
import { publicMessageCodec } from './public-message.js';
import { requiredCapabilitiesCodec } from './required-capabilities.js';
import { senderCodec } from './sender.js';
import { treeNodeCodec } from './tree-node.js';
import { updatePathCodec } from './update-path.js';
import { welcomeCodec } from './welcome.js';
import { WireFormat } from './wire-format.js';

const authenticatedContent = any.publicMessage.map(({ content, auth }) => ({
  wireFormat: WireFormat.publicMessage,
  content,
  auth,
}));
const mlsMessage: Arbitrary<MlsMessage> = fc.oneof(
  any.publicMessage.map((publicMessage): MlsMessage => ({ type: 'publicMessage', publicMessage })),
  any.privateMessage.map((privateMessage): MlsMessage => ({ type: 'privateMessage', privateMessage })),
  any.welcome.map((welcome): MlsMessage => ({ type: 'welcome', welcome })),
  any.groupInfo.map((groupInfo): MlsMessage => ({ type: 'groupInfo', groupInfo })),
  any.keyPackage.map((keyPackage): MlsMessage => ({ type: 'keyPackage', keyPackage })),
);

const struct = <T>(name: string, codec: Codec<T>, values: Arbitrary<T>) =>
  [name, codec as Codec<unknown>, values as Arbitrary<unknown>] as const;

const STRUCTS = [
  struct('AuthenticatedContent', authenticatedContentCodec, authenticatedContent),
  struct('Capabilities', capabilitiesCodec, any.capabilities),
  struct('Commit', commitCodec, any.commit),
  struct('Credential', credentialCodec, any.credential),
  struct('Extension', extensionCodec, any.extension),
  struct('ExternalPub', externalPubCodec, any.externalPubValue),
  struct('ExternalSender external_senders<V>', externalSendersCodec, any.externalSenders),
  struct('FramedContent', framedContentCodec, any.framedContent),
  struct('GroupContext', groupContextCodec, any.groupContext),
  struct('GroupInfo', groupInfoCodec, any.groupInfo),
  struct('KeyPackage', keyPackageCodec, any.keyPackage),
  struct('LeafNode', leafNodeCodec, any.leafNode),
  struct('MLSMessage', mlsMessageCodec, mlsMessage),
  struct('Node', treeNodeCodec, any.treeNode),
  struct('ParentNode', parentNodeCodec, any.parentNode),
  struct('PreSharedKeyID', preSharedKeyIdCodec, any.preSharedKeyId),
  struct('PrivateMessage', privateMessageCodec, any.privateMessage),
  struct('Proposal', proposalCodec, any.proposal),
  struct('PublicMessage', publicMessageCodec, any.publicMessage),
  struct('RequiredCapabilities', requiredCapabilitiesCodec, any.requiredCapabilities),
  struct('Sender', senderCodec, any.sender),
  struct('UpdatePath', updatePathCodec, any.updatePath),
  struct('Welcome', welcomeCodec, any.welcome),
];

describe.each(STRUCTS)('%s', (_name, codec, values) => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(decode(codec, encode(codec, value))).toEqual(value);
      }),
      { numRuns: 50 },
    );
  });

  it('has one encoding: damaged bytes are refused with DecodeError, or are the encoding of what they mean', () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.nat({ max: 255 }), (value, at, octet) => {
        const bytes = encode(codec, value);
        bytes[at % bytes.length] = octet;
        try {
          expect(encode(codec, decode(codec, bytes))).toEqual(bytes);
        } catch (error) {
          if (!(error instanceof DecodeError)) throw error;
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is refused when cut short or followed by more', () => {
    fc.assert(
      fc.property(values, fc.nat(), (value, at) => {
        const bytes = encode(codec, value);
        expect(() => decode(codec, bytes.subarray(0, at % bytes.length))).toThrow(DecodeError);
        expect(() => decode(codec, Uint8Array.from([...bytes, 0]))).toThrow(DecodeError);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a Proposal of an unknown type', () => {
  it.each([0x0000, 0x0008, 0x0a0a, 0xf000])('is refused: %i', (type) => {
    const bytes = Uint8Array.of(type >> 8, type & 0xff, 0);
    expect(() => decode(proposalCodec, bytes)).toThrow(new DecodeError('unknown-value'));
  });
});

describe('vectors whose elements are smaller than their values', () => {
  const reasonOf = <T>(codec: Codec<T>, bytes: Uint8Array): string => {
    try {
      decode(codec, bytes);
      return 'accepted';
    } catch (error) {
      if (error instanceof DecodeError) return error.reason;
      throw error;
    }
  };
  const leafNode = buildKeyPackage().keyPackage.leafNode;
  const empty = new Uint8Array(0);

  it('are refused once they are longer than anybody needs', () => {
    const references = Array.from(
      { length: 0x10001 },
      () => ({ type: 'reference', reference: empty }) as const,
    );
    const tooMany = encode(commitCodec, { proposals: references, path: undefined });
    expect(reasonOf(commitCodec, tooMany)).toBe('over-long');
    const certificates = Array.from({ length: 65 }, () => empty);
    expect(reasonOf(credentialCodec, encode(credentialCodec, { type: 'x509', certificates }))).toBe(
      'over-long',
    );
    const nodes = Array.from({ length: 33 }, () => ({ encryptionKey: empty, encryptedPathSecrets: [] }));
    expect(reasonOf(updatePathCodec, encode(updatePathCodec, { leafNode, nodes }))).toBe('over-long');
  });

  it('are refused where an element is shorter than any suite makes it', () => {
    const secrets = [{ kemOutput: new Uint8Array(32), ciphertext: new Uint8Array(15) }];
    const nodes = [{ encryptionKey: empty, encryptedPathSecrets: secrets }];
    expect(reasonOf(updatePathCodec, encode(updatePathCodec, { leafNode, nodes }))).toBe('invalid-value');
  });
});
