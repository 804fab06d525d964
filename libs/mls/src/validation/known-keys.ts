import { equal, Reader } from '@phoenix/wire';
import type { TreeNodes } from '../tree/stored-node.js';

/**
 * Keys by their first four bytes: the few keys that a commit brings are held against the thousands in a tree without
 * decoding its nodes or hashing its keys.
 */
export class KnownKeys {
  readonly #byPrefix = new Map<number, Uint8Array[]>();

  /** Adds a key; false if it was there already. */
  add(key: Uint8Array): boolean {
    if (this.has(key)) return false;
    const prefix = prefixOf(key);
    const others = this.#byPrefix.get(prefix);
    if (others === undefined) this.#byPrefix.set(prefix, [key]);
    else others.push(key);
    return true;
  }

  has(key: Uint8Array): boolean {
    return this.#byPrefix.get(prefixOf(key))?.some((known) => equal(known, key)) ?? false;
  }
}

function prefixOf(key: Uint8Array): number {
  return ((key[0] ?? 0) << 24) | ((key[1] ?? 0) << 16) | ((key[2] ?? 0) << 8) | (key[3] ?? 0);
}

/** The encryption key of every occupied node: the first field of a leaf and of a parent node alike. */
export function* encryptionKeys(nodes: TreeNodes): Generator<Uint8Array> {
  for (const node of nodes) if (node !== undefined) yield new Reader(node.bytes.subarray(1)).opaque();
}

/** The signature key of every occupied leaf but one: the second field of a leaf. */
export function* signatureKeys(nodes: TreeNodes, exceptLeaf?: number): Generator<Uint8Array> {
  for (let node = 0; node < nodes.length; node += 2) {
    const stored = nodes[node];
    if (stored === undefined || node >> 1 === exceptLeaf) continue;
    const reader = new Reader(stored.bytes.subarray(1));
    reader.opaque();
    yield reader.opaque();
  }
}

/** Whether all keys are different from one another. */
export function areDistinct(keys: Iterable<Uint8Array>): boolean {
  const known = new KnownKeys();
  for (const key of keys) if (!known.add(key)) return false;
  return true;
}

/** Whether the new keys are different from one another and from all present ones. */
export function areNew(keys: Iterable<Uint8Array>, present: Iterable<Uint8Array>): boolean {
  const fresh = new KnownKeys();
  for (const key of keys) if (!fresh.add(key)) return false;
  for (const key of present) if (fresh.has(key)) return false;
  return true;
}
