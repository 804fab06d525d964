import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  type ClientId,
  type ConnectionPackage,
  connectionPackage,
  connectionPackageTbs,
  decode,
  encode,
  isConnectionPackageValidity,
  isCurrent,
  LABELS,
  monthNumber,
  signedConnectionPackage,
  tryDecode,
} from '@phoenix/wire';
import type { AsRuleId } from './rules.js';

/** A connection package as it is stored and handed out. */
export interface PublishedPackage {
  /** SHA-256 of the encoded ConnectionPackage, 32 bytes. */
  readonly hash: Uint8Array;
  readonly lastResort: boolean;
  /** The last month in which it may be used (months since January 1970). */
  readonly lastMonth: number;
  /** As it was uploaded: a SignedConnectionPackage under a user id, a ConnectionPackage under an alias. */
  readonly encoded: Uint8Array;
}

/** Whose credential key signs packages: Ed25519, 32 bytes. */
export interface PackageSigner {
  readonly clientId: ClientId;
  readonly publicKey: Uint8Array;
}

export type PackageCheck =
  { readonly ok: true; readonly value: PublishedPackage } | { readonly ok: false; readonly rule: AsRuleId };

/** Checks one upload at `nowMs`: a SignedConnectionPackage where there is a signer, else a bare ConnectionPackage. */
export function checkPackage(
  crypto: PhoenixCrypto,
  encoded: Uint8Array,
  nowMs: number,
  signer: PackageSigner | undefined,
): PackageCheck {
  const read = signer === undefined ? readBare(encoded) : readSigned(encoded);
  if (read === undefined) return { ok: false, rule: 'as.connection-package.encoding' };
  const { content, signature } = read;
  const rule = broken(crypto, content, nowMs);
  if (rule !== undefined) return { ok: false, rule };
  if (signer !== undefined && !isSigned(crypto, signer, content, signature)) {
    return { ok: false, rule: 'as.connection-package.signature' };
  }
  return {
    ok: true,
    value: {
      hash: crypto.sha256(encode(connectionPackage, content)),
      lastResort: content.lastResort,
      lastMonth: monthNumber(Number(content.lifetime.notAfter) * 1000),
      encoded,
    },
  };
}

interface ReadPackage {
  readonly content: ConnectionPackage;
  readonly signature: Uint8Array;
}

function readBare(encoded: Uint8Array): ReadPackage | undefined {
  const content = tryDecode(() => decode(connectionPackage, encoded));
  return content && { content, signature: new Uint8Array(0) };
}

function readSigned(encoded: Uint8Array): ReadPackage | undefined {
  const read = tryDecode(() => decode(signedConnectionPackage, encoded));
  return read && { content: read.connectionPackage, signature: read.signature };
}

function broken(crypto: PhoenixCrypto, content: ConnectionPackage, nowMs: number): AsRuleId | undefined {
  if (!crypto.hpke.isPublicKey(content.encryptionKey)) return 'as.connection-package.key';
  const { lifetime } = content;
  const isValid = isConnectionPackageValidity(lifetime) && isCurrent(lifetime, nowMs);
  return isValid ? undefined : 'as.connection-package.lifetime';
}

function isSigned(
  crypto: PhoenixCrypto,
  { clientId, publicKey }: PackageSigner,
  content: ConnectionPackage,
  signature: Uint8Array,
): boolean {
  const tbs = encode(connectionPackageTbs, { clientId, connectionPackage: content });
  return crypto.verifyWithLabel(publicKey, LABELS.connectionPackage, tbs, signature);
}
