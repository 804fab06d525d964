import { sign, verify } from 'node:crypto';
import { Random } from '../ports/random.js';
import { type KeyPair, Signer } from '../ports/signer.js';
import { privateKeyObject, publicKeyObject, rawPublicKey } from './key-objects.js';
import { isSmallOrder } from './small-order.js';

/** Ed25519 on node:crypto. */
export class NodeSigner extends Signer {
  constructor(private readonly random: Random) {
    super();
  }

  generateKeyPair(): KeyPair {
    const privateKey = this.random.bytes(32);
    return { publicKey: this.publicKey(privateKey), privateKey };
  }

  publicKey(privateKey: Uint8Array): Uint8Array {
    return rawPublicKey(privateKeyObject('Ed25519', privateKey));
  }

  sign(privateKey: Uint8Array, message: Uint8Array): Uint8Array {
    return new Uint8Array(sign(null, message, privateKeyObject('Ed25519', privateKey)));
  }

  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
    if (publicKey.length !== 32 || signature.length !== 64 || isSmallOrder(publicKey)) return false;
    try {
      return verify(null, message, publicKeyObject('Ed25519', publicKey), signature);
    } catch {
      return false;
    }
  }
}
