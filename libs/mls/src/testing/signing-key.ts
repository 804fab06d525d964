import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { type SignatureLabel, signContent } from '../crypto/sign-content.js';

/** An Ed25519 key that signs as RFC 9420 §5.1.2 wants it. */
export interface SigningKey {
  /** 32 bytes, raw. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
  signWithLabel(label: SignatureLabel, content: Uint8Array): Uint8Array;
}

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key pair of a 32-byte seed. */
export function signingKey(seed: Uint8Array): SigningKey {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  const signed = (message: Uint8Array): Uint8Array => new Uint8Array(sign(null, message, key));
  return {
    publicKey: new Uint8Array(Buffer.from(x as string, 'base64url')),
    sign: signed,
    signWithLabel: (label, content) => signed(signContent(label, content)),
  };
}
