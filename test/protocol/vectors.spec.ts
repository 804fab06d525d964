import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type PhoenixCrypto, Random, nodeCrypto } from '@phoenix/crypto';
import { unhex } from '@phoenix/crypto/testing';
import {
  clientId,
  concat,
  decode,
  encode,
  formatClientId,
  formatContentDigest,
  formatSignature,
  formatSignatureInput,
  formatUserId,
  keySuccession,
  keySuccessionTbs,
  LABELS,
  pad,
  parseClientId,
  parseKeyId,
  phoenixContent,
  queueEntryContent,
  signatureBase,
  unpad,
  userId,
  utf8,
} from '@phoenix/wire';

type Case = Record<string, string>;
const vectors = JSON.parse(readFileSync(resolve('docs/protocol/vectors.json'), 'utf8')) as {
  pad: { length: number; size: number }[];
  requestSignature: (Case & { created: number })[];
} & Record<
  'ids' | 'signWithLabel' | 'sealWithLabel' | 'deriveKey' | 'encrypt' | 'queueRatchet' | 'keySuccession',
  Case[]
>;

/** A case's field, which must be there. */
function at(vector: Case, field: string): string {
  const value = vector[field];
  if (value === undefined) throw new Error(`a vector without ${field}`);
  return value;
}
const bytes = (vector: Case, field: string): Uint8Array => unhex(at(vector, field));
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');

/** Draws what the vector drew. */
class DrawnRandom extends Random {
  constructor(private readonly drawn: Uint8Array) {
    super();
  }

  bytes(): Uint8Array {
    return this.drawn.slice();
  }
}

const crypto = nodeCrypto();
const drawing = (drawn: Uint8Array): PhoenixCrypto => nodeCrypto(new DrawnRandom(drawn));

describe('the vectors of docs/protocol, made by a second implementation, agree with this one', () => {
  it.each(vectors.ids)('on ids', (v) => {
    const user = { uuid: bytes(v, 'uuid'), domain: at(v, 'domain') };
    const client = { user, uuid: bytes(v, 'clientUuid') };
    expect(formatUserId(user)).toBe(v['userIdText']);
    expect(formatClientId(client)).toBe(v['clientIdText']);
    expect(parseClientId(at(v, 'clientIdText'))).toEqual(client);
    expect(hex(encode(userId, user))).toBe(v['userId']);
    expect(hex(encode(clientId, client))).toBe(v['clientId']);
  });

  it.each(vectors.signWithLabel)('on SignWithLabel', (v) => {
    const signature = crypto.signWithLabel(bytes(v, 'privateKey'), at(v, 'label'), bytes(v, 'content'));
    expect(hex(signature)).toBe(v['signature']);
    expect(
      crypto.verifyWithLabel(bytes(v, 'publicKey'), at(v, 'label'), bytes(v, 'content'), signature),
    ).toBe(true);
  });

  it.each(vectors.sealWithLabel)('on SealWithLabel', (v) => {
    const context = bytes(v, 'context');
    const opened = crypto.openWithLabel(bytes(v, 'privateKey'), at(v, 'label'), context, bytes(v, 'sealed'));
    expect(opened && hex(opened)).toBe(v['plaintext']);
  });

  it.each(vectors.deriveKey)('on DeriveKey', (v) => {
    expect(hex(crypto.deriveKey(bytes(v, 'key'), at(v, 'label'), bytes(v, 'context')))).toBe(v['derived']);
  });

  it.each(vectors.encrypt)('on Encrypt', (v) => {
    const encrypted = drawing(bytes(v, 'nonce')).encrypt(
      bytes(v, 'key'),
      bytes(v, 'aad'),
      bytes(v, 'plaintext'),
    );
    expect(hex(encrypted)).toBe(v['encrypted']);
  });

  it.each(vectors.pad)('on Pad of $length bytes', ({ length, size }) => {
    const content = new Uint8Array(length).fill(1);
    expect(pad(content)).toHaveLength(size);
    expect(unpad(pad(content))).toEqual(content);
  });

  it.each(vectors.queueRatchet)('on the queue ratchet', (v) => {
    const none = new Uint8Array(0);
    const rotation = crypto.deriveKey(new Uint8Array(32), 'queue rotation', none);
    const secret = crypto.hash.hkdfExtract(rotation, bytes(v, 'r'));
    expect(hex(secret)).toBe(v['secretAfterUpdate']);
    const seq = new Uint8Array(8);
    new DataView(seq.buffer).setBigUint64(0, BigInt(at(v, 'entrySeq')));
    const context = concat(bytes(v, 'clientId'), seq);
    const key = crypto.deriveKey(secret, 'queue key', context);
    expect(hex(key)).toBe(v['entryKey']);
    const plaintext = crypto.decrypt(key, context, bytes(v, 'entry'));
    if (plaintext === undefined) throw new Error('the entry does not open');
    expect(decode(queueEntryContent, unpad(plaintext))).toEqual({
      type: v['type'],
      timestamp: BigInt(at(v, 'timestamp')),
      payload: Buffer.from(bytes(v, 'payload')),
    });
    expect(hex(crypto.deriveKey(secret, 'queue next', none))).toBe(v['secretAfterEntry']);
  });

  it.each(vectors.keySuccession)('on a KeySuccession, and the message that tells of it', (v) => {
    const tbs = {
      clientId: decode(clientId, bytes(v, 'clientId')),
      scheme: 'ed25519' as const,
      formerKey: bytes(v, 'formerKey'),
      nextKey: bytes(v, 'nextKey'),
    };
    const signed = encode(keySuccessionTbs, tbs);
    expect(hex(signed)).toBe(v['tbs']);
    const signature = crypto.signWithLabel(bytes(v, 'formerPrivateKey'), LABELS.keySuccession, signed);
    const succession = encode(keySuccession, { ...tbs, signature });
    expect(hex(succession)).toBe(v['keySuccession']);
    const message = { kind: 'key_succession' as const, id: bytes(v, 'contentId'), body: succession };
    expect(hex(encode(phoenixContent, message))).toBe(v['phoenixContent']);
  });

  it.each(vectors.requestSignature)('on a signed request', (v) => {
    const contentDigest = formatContentDigest(crypto.sha256(utf8(at(v, 'body'))));
    expect(contentDigest).toBe(v['contentDigest']);
    const keyId = parseKeyId(at(v, 'keyId'));
    if (keyId === undefined) throw new Error('not a keyid');
    const parameters = {
      created: v.created,
      nonce: bytes(v, 'nonce'),
      keyId,
      coversAuthorization: false,
    };
    expect(formatSignatureInput(parameters)).toBe(v['signatureInput']);
    const components = {
      method: 'POST',
      authority: at(v, 'authority'),
      path: at(v, 'path'),
      contentDigest,
    } as const;
    const signature = crypto.signer.sign(bytes(v, 'privateKey'), signatureBase(components, parameters));
    expect(formatSignature(signature)).toBe(v['signature']);
  });
});
