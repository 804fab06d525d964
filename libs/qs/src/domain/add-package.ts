import type { PhoenixCrypto } from '@phoenix/crypto';
import {
  findExtension,
  keyPackageRef,
  type KeyPackage,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519,
  mlsMessageCodec,
  type UnverifiedKeyPackage,
  verifyKeyPackage,
} from '@phoenix/mls';
import {
  addPackage,
  decode,
  EXTENSION_LAST_RESORT,
  EXTENSION_QUEUE_CONFIG,
  isCurrent,
  isLeafValidity,
  type SealedQueueConfig,
  sealedQueueConfig,
  tryDecode,
} from '@phoenix/wire';
import type { QsRuleId } from './rules.js';

/** An AddPackage whose KeyPackage passed the checks a server can make; its queue config is still sealed. */
export interface CheckedAddPackage {
  /** KeyPackageRef, 32 bytes. */
  readonly ref: Uint8Array;
  readonly lastResort: boolean;
  /** The AddPackage as it was uploaded. */
  readonly encoded: Uint8Array;
  /** The queue config inside, sealed to this QS. */
  readonly sealedConfig: Uint8Array;
}

export type AddPackageCheck =
  { readonly ok: true; readonly value: CheckedAddPackage } | { readonly ok: false; readonly rule: string };

/** What add packages are checked against. `now` in UTC milliseconds; `domain` is our home domain. */
export interface AddPackageContext {
  readonly crypto: PhoenixCrypto;
  readonly now: number;
  readonly domain: string;
}

/** Checks one AddPackage by itself: MLS rules (RFC 9420 §10.1), week-aligned lifetime, a queue config of ours. */
export function checkAddPackage(context: AddPackageContext, encoded: Uint8Array): AddPackageCheck {
  const unverified = decodeKeyPackage(encoded);
  if (unverified === undefined) return broken('qs.add-package.encoding');
  const checked = verifyKeyPackage(unverified, {
    crypto: context.crypto.mls,
    cipherSuite: MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519,
    now: Math.floor(context.now / 1000),
  });
  if (!checked.ok) return checked;
  const keyPackage = checked.value;
  if (!hasLeafLifetime(keyPackage)) return broken('qs.add-package.lifetime');
  const config = queueConfigOf(keyPackage);
  if (config?.domain !== context.domain) return broken('qs.add-package.queue-config');
  return {
    ok: true,
    value: {
      ref: keyPackageRef(context.crypto.mls, keyPackage),
      lastResort: findExtension(keyPackage.extensions, EXTENSION_LAST_RESORT) !== undefined,
      encoded,
      sealedConfig: config.sealed,
    },
  };
}

/** Whether a stored AddPackage may still be used at `now` (UTC milliseconds): it was current when it was published. */
export function isCurrentAddPackage(encoded: Uint8Array, now: number): boolean {
  const source = decodeKeyPackage(encoded)?.leafNode.source;
  return source?.type === 'key_package' && isCurrent(source.lifetime, now);
}

function broken(rule: QsRuleId): AddPackageCheck {
  return { ok: false, rule };
}

function decodeKeyPackage(encoded: Uint8Array): UnverifiedKeyPackage | undefined {
  const message = tryDecode(() => decode(mlsMessageCodec, decode(addPackage, encoded).keyPackage));
  return message?.type === 'keyPackage' ? message.keyPackage : undefined;
}

/** All run eight weeks from a Monday, so that none stands out by its dates. */
function hasLeafLifetime(keyPackage: KeyPackage): boolean {
  const { source } = keyPackage.leafNode;
  return source.type === 'key_package' && isLeafValidity(source.lifetime);
}

function queueConfigOf(keyPackage: KeyPackage): SealedQueueConfig | undefined {
  const data = findExtension(keyPackage.extensions, EXTENSION_QUEUE_CONFIG);
  return data && tryDecode(() => decode(sealedQueueConfig, data));
}
