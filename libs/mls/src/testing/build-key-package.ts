import { utf8 } from '@phoenix/wire';
import type { Capabilities } from '../codec/capabilities.js';
import type { Credential } from '../codec/credential.js';
import type { Extension } from '../codec/extension.js';
import { keyPackageTbs, type UnverifiedKeyPackage } from '../codec/key-package.js';
import type { Lifetime } from '../codec/lifetime.js';
import { MLS10 } from '../codec/protocol-version.js';
import { buildLeafNode, CAPABILITIES } from './build-leaf-node.js';
import { SeededBytes } from './seeded-bytes.js';
import { type SigningKey, signingKey } from './signing-key.js';

/** What a KeyPackage is to say; all else follows from the seed. */
export interface KeyPackageFields {
  readonly seed?: number;
  readonly identity?: Uint8Array;
  readonly credential?: Credential;
  /** Seconds since 1970. */
  readonly lifetime?: Lifetime;
  readonly capabilities?: Capabilities;
  readonly extensions?: Extension[];
  readonly leafExtensions?: Extension[];
  readonly initKey?: Uint8Array;
  readonly encryptionKey?: Uint8Array;
  readonly signer?: SigningKey;
}

export interface BuiltKeyPackage {
  readonly keyPackage: UnverifiedKeyPackage;
  readonly signer: SigningKey;
}

/** A KeyPackage of suite 1 with valid signatures. Its HPKE keys are random bytes: nobody can open what is sealed to them. */
export function buildKeyPackage(fields: KeyPackageFields = {}): BuiltKeyPackage {
  const random = new SeededBytes(fields.seed ?? 0);
  const signer = fields.signer ?? signingKey(random.bytes(32));
  const leafNode = buildLeafNode(signer, {
    encryptionKey: fields.encryptionKey ?? random.bytes(32),
    credential: fields.credential ?? {
      type: 'basic',
      identity: fields.identity ?? utf8(`client ${fields.seed ?? 0}`),
    },
    capabilities: fields.capabilities ?? CAPABILITIES,
    source: { type: 'key_package', lifetime: fields.lifetime ?? { notBefore: 0n, notAfter: 0xffffffffffn } },
    extensions: fields.leafExtensions ?? [],
  });
  const content = {
    version: MLS10,
    cipherSuite: 1,
    initKey: fields.initKey ?? random.bytes(32),
    leafNode,
    extensions: fields.extensions ?? [],
  } as const;
  return {
    keyPackage: { ...content, signature: signer.signWithLabel('KeyPackageTBS', keyPackageTbs(content)) },
    signer,
  };
}
