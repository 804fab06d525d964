import type { KeyObject } from 'node:crypto';
import { hkdfExpand, hkdfExtract } from './hkdf.js';
import { x25519, x25519KeyPair, type X25519KeyPair } from './x25519.js';

/** HPKE base mode (RFC 9180): DHKEM(X25519, HKDF-SHA256) = 0x0020, HKDF-SHA256 = 0x0001, AES-128-GCM = 0x0001. */
const KEM_SUITE = Buffer.from('KEM\x00\x20', 'latin1');
const HPKE_SUITE = Buffer.from('HPKE\x00\x20\x00\x01\x00\x01', 'latin1');
const VERSION = Buffer.from('HPKE-v1', 'latin1');
const NONE = new Uint8Array();

export interface HpkeKeys {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly exporterSecret: Uint8Array;
}

/** DeriveKeyPair (RFC 9180 §7.1.3). */
export function deriveKeyPair(ikm: Uint8Array): X25519KeyPair {
  const prk = labeledExtract(KEM_SUITE, NONE, 'dkp_prk', ikm);
  return x25519KeyPair(labeledExpand(KEM_SUITE, prk, 'sk', NONE, 32));
}

/** Encap and KeySchedule of a sender (RFC 9180 §4.1, §5.1.1) with an ephemeral key of the caller's. */
export function senderKeys(ephemeral: X25519KeyPair, recipient: Uint8Array, info: Uint8Array): HpkeKeys {
  return schedule(x25519(ephemeral.privateKey, recipient), ephemeral.publicKey, recipient, info);
}

/** Decap and KeySchedule of a recipient. Throws where `kemOutput` is no usable key. */
export function recipientKeys(
  recipient: { privateKey: KeyObject; publicKey: Uint8Array },
  kemOutput: Uint8Array,
  info: Uint8Array,
): HpkeKeys {
  return schedule(x25519(recipient.privateKey, kemOutput), kemOutput, recipient.publicKey, info);
}

/** Context.Export (RFC 9180 §5.3). */
export function exportFrom(keys: HpkeKeys, exporterContext: Uint8Array, length: number): Uint8Array {
  return labeledExpand(HPKE_SUITE, keys.exporterSecret, 'sec', exporterContext, length);
}

function schedule(dh: Uint8Array, enc: Uint8Array, recipient: Uint8Array, info: Uint8Array): HpkeKeys {
  const eaePrk = labeledExtract(KEM_SUITE, NONE, 'eae_prk', dh);
  const shared = labeledExpand(KEM_SUITE, eaePrk, 'shared_secret', Buffer.concat([enc, recipient]), 32);
  const context = Buffer.concat([
    Uint8Array.of(0),
    labeledExtract(HPKE_SUITE, NONE, 'psk_id_hash', NONE),
    labeledExtract(HPKE_SUITE, NONE, 'info_hash', info),
  ]);
  const secret = labeledExtract(HPKE_SUITE, shared, 'secret', NONE);
  return {
    key: labeledExpand(HPKE_SUITE, secret, 'key', context, 16),
    nonce: labeledExpand(HPKE_SUITE, secret, 'base_nonce', context, 12),
    exporterSecret: labeledExpand(HPKE_SUITE, secret, 'exp', context, 32),
  };
}

function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array {
  return hkdfExtract(salt, Buffer.concat([VERSION, suite, Buffer.from(label), ikm]));
}

function labeledExpand(
  suite: Uint8Array,
  prk: Uint8Array,
  label: string,
  info: Uint8Array,
  length: number,
): Uint8Array {
  const size = Uint8Array.of(length >> 8, length & 0xff);
  return hkdfExpand(prk, Buffer.concat([size, VERSION, suite, Buffer.from(label), info]), length);
}
