import { concat, utf8 } from '@phoenix/wire';
import type { Hash } from '../ports/hash.js';

/** RFC 9180 §7: kem_id 0x0020 (DHKEM X25519, HKDF-SHA256), kdf_id 0x0001 (HKDF-SHA256), aead_id 0x0001 (AES-128-GCM). */
const KEM_SUITE = concat(utf8('KEM'), Uint8Array.of(0x00, 0x20));
const HPKE_SUITE = concat(utf8('HPKE'), Uint8Array.of(0x00, 0x20, 0x00, 0x01, 0x00, 0x01));
const VERSION = utf8('HPKE-v1');
const NONE = new Uint8Array(0);
const MODE_BASE = Uint8Array.of(0x00);

export const KEY_LENGTH = 16;
export const NONCE_LENGTH = 12;

function labeledExtract(
  hash: Hash,
  suite: Uint8Array,
  salt: Uint8Array,
  label: string,
  ikm: Uint8Array,
): Uint8Array {
  return hash.hkdfExtract(salt, concat(VERSION, suite, utf8(label), ikm));
}

function labeledExpand(
  hash: Hash,
  suite: Uint8Array,
  prk: Uint8Array,
  label: string,
  info: Uint8Array,
  length: number,
): Uint8Array {
  return hash.hkdfExpand(prk, concat(Uint8Array.of(0, length), VERSION, suite, utf8(label), info), length);
}

/** ExtractAndExpand (RFC 9180 §4.1): the KEM's shared secret, 32 bytes. */
export function sharedSecret(hash: Hash, dh: Uint8Array, kemContext: Uint8Array): Uint8Array {
  const prk = labeledExtract(hash, KEM_SUITE, NONE, 'eae_prk', dh);
  return labeledExpand(hash, KEM_SUITE, prk, 'shared_secret', kemContext, 32);
}

/** KeySchedule in base mode (RFC 9180 §5.1), for a context that is used once. */
export function keySchedule(
  hash: Hash,
  secret: Uint8Array,
  info: Uint8Array,
): { key: Uint8Array; nonce: Uint8Array } {
  const context = concat(
    MODE_BASE,
    labeledExtract(hash, HPKE_SUITE, NONE, 'psk_id_hash', NONE),
    labeledExtract(hash, HPKE_SUITE, NONE, 'info_hash', info),
  );
  const prk = labeledExtract(hash, HPKE_SUITE, secret, 'secret', NONE);
  return {
    key: labeledExpand(hash, HPKE_SUITE, prk, 'key', context, KEY_LENGTH),
    nonce: labeledExpand(hash, HPKE_SUITE, prk, 'base_nonce', context, NONCE_LENGTH),
  };
}
