import { encode, utf8 } from '@phoenix/wire';
import {
  type CiphersuiteImpl,
  generateKeyPackage,
  generateKeyPackageWithKey,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  type KeyPackage,
  type LeafNode,
  type PrivateKeyPackage,
} from 'ts-mls';
import { externalSendersCodec } from '../codec/external-sender.js';
import { signingKey } from './signing-key.js';
import { nodeHash, nodeHpke, nodeKdf, nodeSignature } from './ts-mls-crypto.js';

const SUITE = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';
const CAPABILITIES = {
  versions: ['mls10' as const],
  ciphersuites: [SUITE as typeof SUITE],
  extensions: [0x000a, 0xf0a0, 0xf0a2],
  proposals: [],
  credentials: ['basic' as const],
};

const LIFETIME = { notBefore: 0n, notAfter: 0xffffffffffn };

/** Someone who is no member and may propose. */
export const OUTSIDER_SEED = new Uint8Array(32).fill(42);
export const { publicKey: OUTSIDER } = signingKey(OUTSIDER_SEED);
/** The GroupContext extension that lets it. */
export const externalSenders = {
  extensionType: 'external_senders' as const,
  extensionData: encode(externalSendersCodec, [
    { signatureKey: OUTSIDER, credential: { type: 'basic', identity: utf8('a service') } },
  ]),
};

/** A client that can be added, or join by itself. */
export interface Client {
  readonly publicPackage: KeyPackage;
  readonly privatePackage: PrivateKeyPackage;
}

/** Suite 1 on node:crypto. */
export async function nodeSuite(): Promise<CiphersuiteImpl> {
  const plain = await getCiphersuiteImpl(getCiphersuiteFromName(SUITE));
  return { ...plain, signature: nodeSignature, hpke: nodeHpke, hash: nodeHash, kdf: nodeKdf };
}

export function newClient(suite: CiphersuiteImpl, name: string): Promise<Client> {
  const credential = { credentialType: 'basic' as const, identity: utf8(name) };
  return generateKeyPackage(credential, CAPABILITIES, LIFETIME, [], suite);
}

/** The same client under its old signature key, with all other keys new. */
export function again(
  suite: CiphersuiteImpl,
  { credential, signaturePublicKey }: LeafNode,
  signKey: Uint8Array,
): Promise<Client> {
  const keys = { signKey, publicKey: signaturePublicKey };
  return generateKeyPackageWithKey(credential, CAPABILITIES, LIFETIME, [], keys, suite);
}
