import { decode, encode, fixed, struct } from '@phoenix/wire';
import type { PrivateKeyPackage } from 'ts-mls';

const privateKeys = struct({ init: fixed(32), encryption: fixed(32), signature: fixed(32) });

/** The three private keys of a KeyPackage, one behind the other. */
export function encodePrivateKeys(keys: PrivateKeyPackage): Uint8Array {
  return encode(privateKeys, {
    init: keys.initPrivateKey,
    encryption: keys.hpkePrivateKey,
    signature: keys.signaturePrivateKey,
  });
}

/** Copies, so that the caller may wipe what it gave. */
export function decodePrivateKeys(bytes: Uint8Array): PrivateKeyPackage {
  const { init, encryption, signature } = decode(privateKeys, bytes.slice());
  return { initPrivateKey: init, hpkePrivateKey: encryption, signaturePrivateKey: signature };
}
