import { nodeCrypto } from '@phoenix/crypto';
import { appendToQueue, createQueue } from './append-to-queue.js';
import { queueContent } from './queue-content.js';
import type { QueueHead } from './queue-head.js';
import { StoreKeyRing, UnknownStoreKey } from './store-key-ring.js';
import { rewrapSecret, unwrapSecret } from './wrapped-secret.js';

const crypto = nodeCrypto();
const keys = new StoreKeyRing([
  { id: 2, key: crypto.random.bytes(32) },
  { id: 1, key: crypto.random.bytes(32) },
]);
const context = { crypto, keys, storeKeyId: 1, limits: { entries: 10, bytes: 1 << 20 } };
const content = queueContent({ type: 'application', timestamp: 1n, payload: crypto.random.bytes(10) });

function queue(): QueueHead {
  const { publicKey } = crypto.hpke.generateKeyPair();
  return createQueue(context, { id: crypto.random.uuid(), encryptionKey: publicKey }).head;
}

describe('a ratchet secret at rest', () => {
  it('opens in the row it was written for', () => {
    expect(unwrapSecret(crypto, keys, queue())).toHaveLength(32);
  });

  it('does not open in the row of another queue', () => {
    const { wrappedSecret } = queue();
    expect(unwrapSecret(crypto, keys, { ...queue(), wrappedSecret })).toBeUndefined();
  });

  it('does not open put back from an older row of its own queue', () => {
    const older = queue();
    const newer = appendToQueue(context, older, [content])?.head as QueueHead;
    const { wrappedSecret } = older;
    expect(unwrapSecret(crypto, keys, { ...newer, wrappedSecret })).toBeUndefined();
  });

  it('is the same secret under another store key', () => {
    const head = queue();
    const moved = rewrapSecret(crypto, keys, head, 2) as QueueHead;
    expect(moved.storeKeyId).toBe(2);
    expect(unwrapSecret(crypto, keys, moved)).toEqual(unwrapSecret(crypto, keys, head));
  });

  it('is not wrapped under a store key that is not at hand', () => {
    expect(() => rewrapSecret(crypto, keys, queue(), 3)).toThrow(UnknownStoreKey);
    expect(() => appendToQueue({ ...context, storeKeyId: 3 }, queue(), [content])).toThrow(UnknownStoreKey);
  });
});
