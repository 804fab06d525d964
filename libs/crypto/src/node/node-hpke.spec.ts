import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { concat, utf8 } from '@phoenix/wire';
import { Random } from '../ports/random.js';
import { readVectors, unhex } from '../testing/vectors.js';
import { keySchedule, sharedSecret } from './hpke-schedule.js';
import { gcmOpen, gcmSeal } from './node-aead.js';
import { nodeCrypto } from './node-crypto.js';
import { NodeHash } from './node-hash.js';
import { NodeHpke } from './node-hpke.js';

interface HpkeVector {
  mode: number;
  kem_id: number;
  kdf_id: number;
  aead_id: number;
  info: string;
  skRm: string;
  skEm: string;
  pkRm: string;
  pkEm: string;
  enc: string;
  shared_secret: string;
  key: string;
  base_nonce: string;
  encryptions: { aad: string; ct: string; nonce: string; pt: string }[];
}

/** Draws the vector's ephemeral key. */
class FixedRandom extends Random {
  constructor(private readonly fixed: Uint8Array) {
    super();
  }

  bytes(): Uint8Array {
    return this.fixed.slice();
  }
}

const all = (readVectors('hpke/rfc9180_x25519_sha256.json') ?? []) as HpkeVector[];
const vectors = all.filter((v) => v.mode === 0 && v.kem_id === 0x20 && v.kdf_id === 1 && v.aead_id === 1);
const hash = new NodeHash();
const { hpke } = nodeCrypto();

const describeVectors = all.length > 0 ? describe : describe.skip;
describeVectors('HPKE on the RFC 9180 vectors of its suite in base mode', () => {
  it('has one', () => {
    expect(vectors).toHaveLength(1);
  });

  it.each(vectors)('agrees on the shared secret, key and nonce', (v) => {
    const ephemeral = unhex(v.skEm);
    expect(hpke.publicKey(ephemeral)).toEqual(unhex(v.pkEm));
    expect(hpke.publicKey(unhex(v.skRm))).toEqual(unhex(v.pkRm));
    const schedule = keySchedule(hash, unhex(v.shared_secret), unhex(v.info));
    expect(new Uint8Array(schedule.key)).toEqual(unhex(v.key));
    expect(new Uint8Array(schedule.nonce)).toEqual(unhex(v.base_nonce));
  });

  it.each(vectors)('seals and opens the first message', (v) => {
    const [first] = v.encryptions;
    if (first === undefined) throw new Error('a vector without encryptions');
    const fixed = new NodeHpke(hash, new FixedRandom(unhex(v.skEm)));
    const sealed = fixed.seal(unhex(v.pkRm), unhex(v.info), unhex(first.aad), unhex(first.pt));
    expect(sealed).toEqual({ kemOutput: unhex(v.enc), ciphertext: unhex(first.ct) });
    const opened = hpke.open(unhex(v.skRm), sealed, unhex(v.info), unhex(first.aad));
    expect(opened && new Uint8Array(opened)).toEqual(unhex(first.pt));
  });

  it.each(vectors.flatMap((v) => v.encryptions.map((e) => ({ ...e, key: v.key }))))(
    'encrypts under nonce $nonce',
    ({ key, nonce, aad, pt, ct }) => {
      const sealed = gcmSeal('aes-128-gcm', unhex(key), unhex(nonce), unhex(aad), unhex(pt));
      expect(sealed).toEqual(unhex(ct));
      expect(gcmOpen('aes-128-gcm', unhex(key), unhex(nonce), unhex(aad), sealed)).toEqual(
        Buffer.from(pt, 'hex'),
      );
    },
  );
});

describe('HPKE beside @hpke/core', () => {
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  });
  const info = utf8('info');
  const aad = utf8('aad');
  const plaintext = utf8('a message of some length');
  const exact = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

  it('opens what the other sealed', async () => {
    const { publicKey, privateKey } = hpke.generateKeyPair();
    const recipientPublicKey = await suite.kem.deserializePublicKey(exact(publicKey));
    const sender = await suite.createSenderContext({ recipientPublicKey, info: exact(info) });
    const ciphertext = new Uint8Array(await sender.seal(exact(plaintext), exact(aad)));
    const opened = hpke.open(privateKey, { kemOutput: new Uint8Array(sender.enc), ciphertext }, info, aad);
    expect(opened).toEqual(Buffer.from(plaintext));
  });

  it('seals what the other opens', async () => {
    const { publicKey, privateKey } = hpke.generateKeyPair();
    const { kemOutput, ciphertext } = hpke.seal(publicKey, info, aad, plaintext);
    const recipientKey = await suite.kem.deserializePrivateKey(exact(privateKey));
    const recipient = await suite.createRecipientContext({
      recipientKey,
      enc: exact(kemOutput),
      info: exact(info),
    });
    expect(new Uint8Array(await recipient.open(exact(ciphertext), exact(aad)))).toEqual(plaintext);
  });
});

describe('HPKE with what came from outside', () => {
  const { publicKey, privateKey } = hpke.generateKeyPair();
  const sealed = hpke.seal(publicKey, utf8('info'), utf8('aad'), utf8('text'));
  const SMALL_ORDER = new Uint8Array(32);

  it('opens nothing that was changed', () => {
    const flipped = sealed.ciphertext.map((byte, i) => (i === 0 ? byte ^ 1 : byte));
    expect(
      hpke.open(privateKey, { ...sealed, ciphertext: flipped }, utf8('info'), utf8('aad')),
    ).toBeUndefined();
    expect(hpke.open(privateKey, sealed, utf8('other'), utf8('aad'))).toBeUndefined();
    expect(hpke.open(privateKey, sealed, utf8('info'), utf8('other'))).toBeUndefined();
    const short = { ...sealed, ciphertext: sealed.ciphertext.subarray(0, 10) };
    expect(hpke.open(privateKey, short, utf8('info'), utf8('aad'))).toBeUndefined();
  });

  it.each([
    ['a key of small order', SMALL_ORDER],
    ['a key too short', new Uint8Array(31)],
    ['a key too long', concat(publicKey, Uint8Array.of(0))],
  ])('refuses %s', (_what, key) => {
    expect(hpke.isPublicKey(key)).toBe(false);
    expect(() => hpke.seal(key, utf8('info'), utf8('aad'), utf8('text'))).toThrow(RangeError);
    expect(hpke.open(privateKey, { ...sealed, kemOutput: key }, utf8('info'), utf8('aad'))).toBeUndefined();
  });

  it('accepts its own keys', () => {
    expect(hpke.isPublicKey(publicKey)).toBe(true);
  });

  it('derives a secret of 32 bytes', () => {
    expect(sharedSecret(hash, new Uint8Array(32), new Uint8Array(64))).toHaveLength(32);
  });
});
