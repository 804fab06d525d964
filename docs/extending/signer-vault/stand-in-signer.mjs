/**
 * The stand-in for an external signer: one JSON object a line in, one a line out. A real one keeps its master key in hardware
 * and its store keys on a disk of its own; this one keeps both in its memory, so its keys die with it.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  generateKeySync,
  sign,
} from 'node:crypto';
import { createInterface } from 'node:readline';

const NONCE = 12;
const TAG = 16;
/** Names of store keys to keys, newest first. */
const storeKeys = new Map();

const fresh = (length) => generateKeySync('aes', { length: 256 }).export().subarray(0, length);
const master = fresh(32);

function wrap(purpose, key) {
  const nonce = fresh(NONCE);
  const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(Buffer.from(purpose));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

/** Throws where the key is not ours, damaged, or of another purpose. */
function unwrap(purpose, wrapped) {
  const cipher = createDecipheriv('aes-256-gcm', master, wrapped.subarray(0, NONCE));
  cipher.setAAD(Buffer.from(purpose)).setAuthTag(wrapped.subarray(-TAG));
  return Buffer.concat([cipher.update(wrapped.subarray(NONCE, -TAG)), cipher.final()]);
}

const operations = {
  wrap: ({ purpose, key }) => ({ wrapped: text(wrap(purpose, bytes(key))) }),
  unwrap: ({ purpose, wrapped }) => ({ key: text(unwrap(purpose, bytes(wrapped))) }),
  generate: ({ purpose }) => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x;
    const wrapped = wrap(purpose, privateKey.export({ format: 'der', type: 'pkcs8' }));
    return { publicKey, wrapped: text(wrapped) };
  },
  sign: ({ purpose, wrapped, message }) => {
    const key = createPrivateKey({ key: unwrap(purpose, bytes(wrapped)), format: 'der', type: 'pkcs8' });
    return { signature: text(sign(null, bytes(message), key)) };
  },
  storeKeys: ({ name }) => ({ keys: storeKeys.get(name) ?? [] }),
  addStoreKey: ({ name }) => {
    const keys = storeKeys.get(name) ?? [];
    const added = { id: (keys[0]?.id ?? 0) + 1, key: text(fresh(32)) };
    storeKeys.set(name, [added, ...keys]);
    return { keys: [added] };
  },
  destroyStoreKey: ({ name, id }) => {
    storeKeys.set(
      name,
      (storeKeys.get(name) ?? []).filter((key) => key.id !== id),
    );
    return {};
  },
};

const text = (buffer) => Buffer.from(buffer).toString('base64');
const bytes = (value) => Buffer.from(value, 'base64');

/** What fails says no more than that: a signer is nobody's oracle. */
function answer({ request, operation, ...question }) {
  try {
    return { request, ...operations[operation](question) };
  } catch {
    return { request, refused: `the signer refused to ${operation}` };
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
});
