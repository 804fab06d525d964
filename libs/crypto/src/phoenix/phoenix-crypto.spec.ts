import fc from 'fast-check';
import { utf8 } from '@phoenix/wire';
import { nodeCrypto } from '../node/node-crypto.js';

const crypto = nodeCrypto();
const text = utf8('content');

describe('labelled signatures', () => {
  const { publicKey, privateKey } = crypto.signer.generateKeyPair();

  it('hold for their label and content alone', () => {
    const signature = crypto.signWithLabel(privateKey, 'QueueConfig', text);
    expect(crypto.verifyWithLabel(publicKey, 'QueueConfig', text, signature)).toBe(true);
    expect(crypto.verifyWithLabel(publicKey, 'LeafCredential', text, signature)).toBe(false);
    expect(crypto.verifyWithLabel(publicKey, 'QueueConfig', utf8('other'), signature)).toBe(false);
    expect(crypto.signer.verify(publicKey, text, signature)).toBe(false);
  });

  it('cannot be moved by shifting bytes between label and content', () => {
    const signature = crypto.signWithLabel(privateKey, 'ab', utf8('c'));
    expect(crypto.verifyWithLabel(publicKey, 'a', utf8('bc'), signature)).toBe(false);
  });
});

describe('labelled seals', () => {
  const { publicKey, privateKey } = crypto.hpke.generateKeyPair();

  it('open for their label and context alone', () => {
    const sealed = crypto.sealWithLabel(publicKey, 'QueueConfig', utf8('example.com'), text);
    expect(crypto.openWithLabel(privateKey, 'QueueConfig', utf8('example.com'), sealed)).toEqual(
      Buffer.from(text),
    );
    expect(crypto.openWithLabel(privateKey, 'QueueConfig', utf8('other.com'), sealed)).toBeUndefined();
    expect(crypto.openWithLabel(privateKey, 'fan-out', utf8('example.com'), sealed)).toBeUndefined();
  });

  it('open to nothing where they are not seals', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(crypto.openWithLabel(privateKey, 'QueueConfig', text, bytes)).toBeUndefined();
      }),
    );
  });
});

describe('encryption', () => {
  const key = crypto.random.bytes(32);

  it('opens under its key and AAD alone', () => {
    const bytes = crypto.encrypt(key, utf8('roster'), text);
    expect(crypto.decrypt(key, utf8('roster'), bytes)).toEqual(Buffer.from(text));
    expect(crypto.decrypt(key, utf8('tree'), bytes)).toBeUndefined();
    expect(crypto.decrypt(crypto.random.bytes(32), utf8('roster'), bytes)).toBeUndefined();
  });

  it('never makes the same bytes twice', () => {
    expect(crypto.encrypt(key, text, text)).not.toEqual(crypto.encrypt(key, text, text));
  });

  it('opens to nothing where it is damaged', () => {
    const bytes = crypto.encrypt(key, text, text);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = bytes.map((byte, i) => (i === at ? byte ^ flip : byte));
        expect(crypto.decrypt(key, text, damaged)).toBeUndefined();
      }),
    );
  });
});

describe('derived keys', () => {
  it('differ by label, by context and by key', () => {
    const keys = [
      crypto.deriveKey(text, 'queue key', text),
      crypto.deriveKey(text, 'queue next', text),
      crypto.deriveKey(text, 'queue key', utf8('other')),
      crypto.deriveKey(utf8('other'), 'queue key', text),
    ];
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(4);
    expect(crypto.deriveKey(text, 'queue key', text)).toEqual(keys[0]);
    expect(keys[0]).toHaveLength(32);
  });
});
