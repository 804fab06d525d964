import fc, { type Arbitrary } from 'fast-check';
import * as wire from './index.js';
import { type Codec, DecodeError, decode, encode } from './index.js';
import {
  aClientId,
  aGroupId,
  aUserId,
  bytes,
  domainName,
  expiration,
  scheme,
  seconds,
  upTo,
} from './testing/arbitraries.js';

const publicKey = upTo(64);
const signature = upTo(64);
const csrTbs = { clientId: aClientId, scheme, publicKey };
const succession = { clientId: aClientId, scheme, formerKey: publicKey, nextKey: publicKey };
const issued = { selfSignature: signature, signature };
const clientPayload = fc.record({ ...csrTbs, expiration, signer: bytes(32) });
const clientCredential = fc.record({ payload: clientPayload, ...issued });
const keySet = fc.record({ wrappedLinkKey: upTo(256), wrappedProfileKey: upTo(256) });
const sealedConfig = fc.record({ domain: domainName, sealed: upTo(512) });
const configTbs = { clientId: bytes(16), handle: bytes(16), pushTokenKey: bytes(32) };
const attributionTbs = { sender: aClientId, groupId: aGroupId, welcomeHash: bytes(32) };
const aPackage = fc.record({ encryptionKey: bytes(32), lifetime: expiration, lastResort: fc.boolean() });
const someGroupKeys = fc.record({
  earKey: bytes(32),
  credentialKey: bytes(32),
  profileKeyWrapper: bytes(32),
});
const offerTbs = {
  credential: clientCredential,
  groupId: aGroupId,
  groupKeys: someGroupKeys,
  packageHash: bytes(32),
};
const entryType = fc.constantFrom<wire.QueueEntryType>(
  'commit',
  'application',
  'proposal',
  'welcome_bundle',
  'connection_offer',
  'gap',
);
const contentKind = fc.constantFrom(
  ...(['content', 'friendship_keys', 'profile_key', 'key_succession'] as const),
);

type Case = [name: string, codec: Codec<unknown>, arbitrary: Arbitrary<unknown>];
function each<T>(name: string, codec: Codec<T>, arbitrary: Arbitrary<NoInfer<T>>): Case {
  return [name, codec as unknown as Codec<unknown>, arbitrary];
}

const STRUCTS: Case[] = [
  each('UserId', wire.userId, aUserId),
  each('ClientId', wire.clientId, aClientId),
  each('GroupId', wire.groupId, aGroupId),
  each('ExpirationData', wire.expirationData, expiration),
  each(
    'AsCredential',
    wire.asCredential,
    fc.record({ payload: fc.record({ domain: domainName, expiration, scheme, publicKey }), ...issued }),
  ),
  each(
    'AsIntermediateCredential',
    wire.asIntermediateCredential,
    fc.record({ payload: fc.record({ expiration, scheme, publicKey, signer: bytes(32) }), ...issued }),
  ),
  each('ClientCsr', wire.clientCsr, fc.record({ ...csrTbs, selfSignature: signature })),
  each('ClientCsrTbs', wire.clientCsrTbs, fc.record(csrTbs)),
  each('ClientCredential', wire.clientCredential, clientCredential),
  each('KeySuccessionTbs', wire.keySuccessionTbs, fc.record(succession)),
  each('KeySuccession', wire.keySuccession, fc.record({ ...succession, signature })),
  each(
    'the issuer signature input',
    wire.issuerTbs(wire.clientCredentialPayload),
    fc.record({ payload: clientPayload, selfSignature: signature }),
  ),
  each(
    'LeafCredential',
    wire.leafCredential,
    fc.record({ pseudonym: bytes(32), expiration, identityLink: upTo(4096) }),
  ),
  each(
    'LeafCredentialTbs',
    wire.leafCredentialTbs,
    fc.record({ pseudonym: bytes(32), expiration, signatureKey: publicKey }),
  ),
  each('IdentityLink', wire.identityLink, fc.record({ credential: clientCredential, signature })),
  each('GroupKeys', wire.groupKeys, someGroupKeys),
  each('GroupPolicy', wire.groupPolicy, fc.record({ admins: fc.array(bytes(32)) })),
  each('MemberKeySet', wire.memberKeySet, keySet),
  each(
    'CommitAad',
    wire.commitAad,
    fc.record({
      added: fc.array(keySet),
      own: fc.option(keySet, { nil: undefined }),
      ownQueueConfig: fc.option(sealedConfig, { nil: undefined }),
    }),
  ),
  each('GroupInfoUpdate', wire.groupInfoUpdate, fc.record({ extensions: upTo(5000), signature })),
  each('WelcomeAttributionInfo', wire.welcomeAttributionInfo, fc.record({ ...attributionTbs, signature })),
  each('WelcomeAttributionInfoTbs', wire.welcomeAttributionInfoTbs, fc.record(attributionTbs)),
  each(
    'WelcomeBundle',
    wire.welcomeBundle,
    fc.record({ welcome: upTo(5000), attribution: upTo(4096), groupId: aGroupId }),
  ),
  each('QueueConfig', wire.queueConfig, fc.record({ ...configTbs, signature })),
  each('QueueConfigTbs', wire.queueConfigTbs, fc.record(configTbs)),
  each('SealedQueueConfig', wire.sealedQueueConfig, sealedConfig),
  each(
    'QueueEntryContent',
    wire.queueEntryContent,
    fc.record({ type: entryType, timestamp: seconds, payload: upTo(5000) }),
  ),
  each('ConnectionPackage', wire.connectionPackage, aPackage),
  each(
    'ConnectionPackageTbs',
    wire.connectionPackageTbs,
    fc.record({ clientId: aClientId, connectionPackage: aPackage }),
  ),
  each(
    'SignedConnectionPackage',
    wire.signedConnectionPackage,
    fc.record({ connectionPackage: aPackage, signature }),
  ),
  each('ConnectionOffer', wire.connectionOffer, fc.record({ ...offerTbs, signature })),
  each('ConnectionOfferTbs', wire.connectionOfferTbs, fc.record(offerTbs)),
  each(
    'SealedConnectionOffer',
    wire.sealedConnectionOffer,
    fc.record({ packageHash: bytes(32), sealed: upTo(4096) }),
  ),
  each(
    'FriendshipKeys',
    wire.friendshipKeys,
    fc.record({
      friendshipToken: bytes(32),
      addPackageKey: bytes(32),
      attributionKey: bytes(32),
      profileKey: bytes(32),
    }),
  ),
  each('AddPackage', wire.addPackage, fc.record({ keyPackage: upTo(5000), encryptedLinkKey: upTo(256) })),
  each(
    'PhoenixContent',
    wire.phoenixContent,
    fc.record({ kind: contentKind, id: bytes(16), body: upTo(5000) }),
  ),
  each('Sealed', wire.sealed, fc.record({ kemOutput: upTo(1024), ciphertext: upTo(5000) })),
  each('Encrypted', wire.encrypted, fc.record({ nonce: bytes(12), ciphertext: upTo(5000) })),
];

describe.each(STRUCTS)('%s', (_name, codec, arbitrary) => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(decode(codec, encode(codec, value))).toEqual(value);
      }),
    );
  });

  it('has one encoding: whatever decodes encodes to the same bytes, everything else is a DecodeError', () => {
    const mutation = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.nat(3), extra: upTo(2) });
    fc.assert(
      fc.property(arbitrary, mutation, (value, { at, byte, cut, extra }) => {
        const encoded = encode(codec, value);
        if (encoded.length > 0) encoded[at % encoded.length] = byte;
        const input = wire.concat(encoded.subarray(0, encoded.length - cut), extra);
        try {
          expect(encode(codec, decode(codec, input))).toEqual(input);
        } catch (error) {
          if (!(error instanceof DecodeError)) throw error;
        }
      }),
    );
  });
});
