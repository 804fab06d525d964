import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
} from 'node:crypto';

/** HPKE of one MLS suite: the code points of RFC 9180 §7, and how node:crypto calls its parts. */
interface HpkeSuite {
  readonly kem: number;
  readonly kemHash: string;
  readonly curve: string;
  readonly kdf: number;
  readonly hash: string;
  readonly aead: number;
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';
}
const row = (
  kem: number,
  kemHash: string,
  curve: string,
  kdf: number,
  hash: string,
  aead: number,
): HpkeSuite => ({
  kem,
  kemHash,
  curve,
  kdf,
  hash,
  aead,
  cipher: ({ 1: 'aes-128-gcm', 2: 'aes-256-gcm', 3: 'chacha20-poly1305' } as const)[aead as 1 | 2 | 3],
});
const SUITES: Record<number, HpkeSuite> = {
  1: row(0x20, 'sha256', 'X25519', 1, 'sha256', 1),
  2: row(0x10, 'sha256', 'P-256', 1, 'sha256', 1),
  3: row(0x20, 'sha256', 'X25519', 1, 'sha256', 3),
  4: row(0x21, 'sha512', 'X448', 3, 'sha512', 2),
  5: row(0x12, 'sha512', 'P-521', 3, 'sha512', 2),
  6: row(0x21, 'sha512', 'X448', 3, 'sha512', 3),
  7: row(0x11, 'sha384', 'P-384', 2, 'sha384', 2),
};
const ECDH_NAMES: Record<string, string> = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
};
const PKCS8: Record<string, string> = {
  X25519: '302e020100300506032b656e04220420',
  X448: '3046020100300506032b656f043a0438',
};

export interface HpkeKeys {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly exporterSecret: Uint8Array;
}

/** A suite's HPKE, HKDF and AEAD, to open published Welcomes and to run real members quickly. For tests only. */
export class VectorHpke {
  readonly #suite: HpkeSuite;

  constructor(cipherSuite: number) {
    this.#suite = SUITES[cipherSuite]!;
  }

  get hashLength(): number {
    return createHmac(this.#suite.hash, '').digest().length;
  }

  get keyLength(): number {
    return this.#suite.cipher === 'aes-128-gcm' ? 16 : 32;
  }

  extract(salt: Uint8Array, ikm: Uint8Array, hash = this.#suite.hash): Uint8Array {
    return createHmac(hash, salt).update(ikm).digest();
  }

  expand(prk: Uint8Array, info: Uint8Array, length: number, hash = this.#suite.hash): Uint8Array {
    let block = Buffer.alloc(0);
    let output = Buffer.alloc(0);
    for (let i = 1; output.length < length; i++) {
      block = createHmac(hash, prk).update(block).update(info).update(Uint8Array.of(i)).digest();
      output = Buffer.concat([output, block]);
    }
    return new Uint8Array(output.subarray(0, length));
  }

  /** `Open` of base mode (RFC 9180 §6.1), with empty AAD. */
  open(privateKey: Uint8Array, kemOutput: Uint8Array, ciphertext: Uint8Array, info: Uint8Array): Uint8Array {
    const { key, nonce } = this.receive(importPrivate(this.#suite.curve, privateKey), kemOutput, info);
    return this.openAead(key, nonce, ciphertext);
  }

  /** Decap and KeySchedule (RFC 9180 §4.1, §5.1). */
  receive(own: KeyObject, kemOutput: Uint8Array, info: Uint8Array): HpkeKeys {
    const dh = diffieHellman({ privateKey: own, publicKey: importPublic(this.#suite.curve, kemOutput) });
    return this.#schedule(dh, kemOutput, rawPublic(own), info);
  }

  /** Encap with a given ephemeral key, and KeySchedule. */
  send(ephemeral: KeyObject, recipient: Uint8Array, info: Uint8Array): HpkeKeys {
    const dh = diffieHellman({
      privateKey: ephemeral,
      publicKey: importPublic(this.#suite.curve, recipient),
    });
    return this.#schedule(dh, rawPublic(ephemeral), recipient, info);
  }

  /** DeriveKeyPair of the X curves (RFC 9180 §7.1.3): the private key's bytes. */
  derivePrivateKey(ikm: Uint8Array): Uint8Array {
    const { kemHash } = this.#suite;
    const prk = this.#labeledExtract(this.#kemId, '', 'dkp_prk', ikm, kemHash);
    return this.#labeledExpand(this.#kemId, prk, 'sk', Buffer.alloc(0), 32, kemHash);
  }

  export({ exporterSecret }: HpkeKeys, context: Uint8Array, length: number): Uint8Array {
    return this.#labeledExpand(this.#hpkeId, exporterSecret, 'sec', context, length, this.#suite.hash);
  }

  get #kemId(): Uint8Array {
    return Buffer.concat([Buffer.from('KEM'), u16(this.#suite.kem)]);
  }

  get #hpkeId(): Uint8Array {
    const { kem, kdf, aead } = this.#suite;
    return Buffer.concat([Buffer.from('HPKE'), u16(kem), u16(kdf), u16(aead)]);
  }

  #schedule(dh: Uint8Array, enc: Uint8Array, recipient: Uint8Array, info: Uint8Array): HpkeKeys {
    const { kemHash, hash } = this.#suite;
    const eaePrk = this.#labeledExtract(this.#kemId, '', 'eae_prk', dh, kemHash);
    const size = createHmac(kemHash, '').digest().length;
    const kemContext = Buffer.concat([enc, recipient]);
    const shared = this.#labeledExpand(this.#kemId, eaePrk, 'shared_secret', kemContext, size, kemHash);
    const id = this.#hpkeId;
    const pskIdHash = this.#labeledExtract(id, '', 'psk_id_hash', Buffer.alloc(0), hash);
    const context = Buffer.concat([
      Uint8Array.of(0),
      pskIdHash,
      this.#labeledExtract(id, '', 'info_hash', info, hash),
    ]);
    const secret = this.#labeledExtract(id, shared, 'secret', Buffer.alloc(0), hash);
    const expanded = (label: string, length: number): Uint8Array =>
      this.#labeledExpand(id, secret, label, context, length, hash);
    return {
      key: expanded('key', this.keyLength),
      nonce: expanded('base_nonce', 12),
      exporterSecret: expanded('exp', this.hashLength),
    };
  }

  sealAead(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array {
    const cipher = createCipheriv(this.#suite.cipher as 'aes-128-gcm', key, nonce, { authTagLength: 16 });
    cipher.setAAD(aad);
    return new Uint8Array(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
  }

  openAead(
    key: Uint8Array,
    nonce: Uint8Array,
    ciphertext: Uint8Array,
    aad: Uint8Array = Buffer.alloc(0),
  ): Uint8Array {
    const cipher = createDecipheriv(this.#suite.cipher as 'aes-128-gcm', key, nonce, { authTagLength: 16 });
    cipher.setAAD(aad);
    cipher.setAuthTag(ciphertext.subarray(-16));
    return new Uint8Array(Buffer.concat([cipher.update(ciphertext.subarray(0, -16)), cipher.final()]));
  }

  #labeledExtract(
    id: Uint8Array,
    salt: Uint8Array | '',
    label: string,
    ikm: Uint8Array,
    hash: string,
  ): Uint8Array {
    return this.extract(
      Buffer.from(salt),
      Buffer.concat([Buffer.from('HPKE-v1'), id, Buffer.from(label), ikm]),
      hash,
    );
  }

  #labeledExpand(
    id: Uint8Array,
    prk: Uint8Array,
    label: string,
    info: Uint8Array,
    length: number,
    hash: string,
  ): Uint8Array {
    const labeled = Buffer.concat([u16(length), Buffer.from('HPKE-v1'), id, Buffer.from(label), info]);
    return this.expand(prk, labeled, length, hash);
  }
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

function importPublic(curve: string, raw: Uint8Array): KeyObject {
  if (curve.startsWith('X'))
    return createPublicKey({ key: { kty: 'OKP', crv: curve, x: text(raw) }, format: 'jwk' });
  const half = (raw.length - 1) / 2;
  const [x, y] = [text(raw.subarray(1, 1 + half)), text(raw.subarray(1 + half))];
  return createPublicKey({ key: { kty: 'EC', crv: curve, x, y }, format: 'jwk' });
}

export function importPrivate(curve: string, raw: Uint8Array): KeyObject {
  const prefix = PKCS8[curve];
  if (prefix !== undefined)
    return createPrivateKey({
      key: Buffer.concat([Buffer.from(prefix, 'hex'), raw]),
      format: 'der',
      type: 'pkcs8',
    });
  const ecdh = createECDH(ECDH_NAMES[curve]!);
  ecdh.setPrivateKey(raw);
  const point = ecdh.getPublicKey();
  const half = (point.length - 1) / 2;
  const [x, y] = [text(point.subarray(1, 1 + half)), text(point.subarray(1 + half))];
  const scalar = new Uint8Array(half);
  scalar.set(raw, half - raw.length);
  return createPrivateKey({ key: { kty: 'EC', crv: curve, d: text(scalar), x, y }, format: 'jwk' });
}

export function rawPublic(privateKey: KeyObject): Uint8Array {
  const { x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  const parts = [x!, ...(y === undefined ? [] : [y])].map((part) => Buffer.from(part, 'base64url'));
  return y === undefined ? parts[0]! : Buffer.concat([Uint8Array.of(4), ...parts]);
}
