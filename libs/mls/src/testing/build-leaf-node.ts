import type { Capabilities } from '../codec/capabilities.js';
import { CredentialType } from '../codec/credential.js';
import { type LeafNode, type LeafNodeContent, leafNodeTbs, type LeafPosition } from '../codec/leaf-node.js';
import { MLS10 } from '../codec/protocol-version.js';
import type { SigningKey } from './signing-key.js';

/** Capabilities of a plain client of suite 1 with basic credentials. */
export const CAPABILITIES: Capabilities = {
  versions: [MLS10],
  cipherSuites: [1],
  extensions: [0x000a, 0xf0a0, 0xf0a2],
  proposals: [],
  credentials: [CredentialType.basic],
};

export type LeafFields = Pick<LeafNodeContent, 'encryptionKey' | 'credential' | 'source'> &
  Partial<Pick<LeafNodeContent, 'capabilities' | 'extensions'>>;

/** A leaf with the given fields, signed. */
export function buildLeafNode(signer: SigningKey, fields: LeafFields, position?: LeafPosition): LeafNode {
  const content = { capabilities: CAPABILITIES, extensions: [], ...fields, signatureKey: signer.publicKey };
  return { ...content, signature: signer.signWithLabel('LeafNodeTBS', leafNodeTbs(content, position)) };
}
