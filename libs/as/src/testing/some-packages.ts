import type { KeyPair, PhoenixCrypto } from '@phoenix/crypto';
import {
  type ClientId,
  type ConnectionPackage,
  connectionPackage,
  connectionPackageTbs,
  connectionPackageValidity,
  encode,
  LABELS,
  sealedConnectionOffer,
  signedConnectionPackage,
} from '@phoenix/wire';

/** A package with a fresh key that is good at `nowMs`. */
export function aConnectionPackage(
  crypto: PhoenixCrypto,
  nowMs: number,
  changes: Partial<ConnectionPackage> = {},
): ConnectionPackage {
  return {
    encryptionKey: crypto.hpke.generateKeyPair().publicKey,
    lifetime: connectionPackageValidity(nowMs),
    lastResort: false,
    ...changes,
  };
}

/** An encoded SignedConnectionPackage. */
export function signPackage(
  crypto: PhoenixCrypto,
  clientId: ClientId,
  { privateKey }: KeyPair,
  content: ConnectionPackage,
): Uint8Array {
  const tbs = encode(connectionPackageTbs, { clientId, connectionPackage: content });
  const signature = crypto.signWithLabel(privateKey, LABELS.connectionPackage, tbs);
  return encode(signedConnectionPackage, { connectionPackage: content, signature });
}

/** An encoded SealedConnectionOffer to a package, of `length` bytes that nobody can open. */
export function anOffer(crypto: PhoenixCrypto, to: ConnectionPackage, length = 900): Uint8Array {
  const packageHash = crypto.sha256(encode(connectionPackage, to));
  return encode(sealedConnectionOffer, { packageHash, sealed: crypto.random.bytes(length) });
}
