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

  /** Whether the vector that begins there holds a known key; it is cut out only where its first bytes are known. */
  hasVectorAt(bytes: Uint8Array, at: number): boolean {
    const start = startOfVector(bytes, at);
    if (!this.#byPrefix.has(prefixOf(bytes, start))) return false;
    return this.has(bytes.subarray(start, endOfVector(bytes, at)));
  }
}

/** The four bytes from there on, whatever they belong to where a key is shorter. */
function prefixOf(bytes: Uint8Array, at = 0): number {
  return (
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)
  );
}

/** The encryption key of every occupied node: the first field of a leaf and of a parent node alike. */
export function* encryptionKeys(nodes: TreeNodes): Generator<Uint8Array> {
  for (const node of nodes) if (node !== undefined) yield new Reader(node.bytes.subarray(1)).opaque();
}

/** The signature key of every occupied leaf: the second field of a leaf. */
export function* signatureKeys(nodes: TreeNodes): Generator<Uint8Array> {
  for (let node = 0; node < nodes.length; node += 2) {
    const stored = nodes[node];
    if (stored === undefined) continue;
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

/** Whether the new encryption keys are different from one another and from those of all occupied nodes. */
export function areNewEncryptionKeys(keys: Iterable<Uint8Array>, nodes: TreeNodes): boolean {
  const fresh = new KnownKeys();
  for (const key of keys) if (!fresh.add(key)) return false;
  for (const node of nodes)
    if (node !== undefined && fresh.hasVectorAt(node.block, node.start + 1)) return false;
  return true;
}

/** Whether the new signature keys are different from one another and from those of all occupied leaves but one. */
export function areNewSignatureKeys(
  keys: Iterable<Uint8Array>,
  nodes: TreeNodes,
  exceptLeaf?: number,
): boolean {
  const fresh = new KnownKeys();
  for (const key of keys) if (!fresh.add(key)) return false;
  for (let node = 0; node < nodes.length; node += 2) {
    const stored = nodes[node];
    if (stored === undefined || node >> 1 === exceptLeaf) continue;
    const { block, start } = stored;
    if (fresh.hasVectorAt(block, endOfVector(block, start + 1))) return false;
  }
  return true;
}

/** Where the first byte of a vector's content is; nodes were read once, so their lengths hold (RFC 9420 §2.1.2). */
function startOfVector(bytes: Uint8Array, at: number): number {
  return at + (1 << ((bytes[at] as number) >> 6));
}

function endOfVector(bytes: Uint8Array, at: number): number {
  const start = startOfVector(bytes, at);
  let length = (bytes[at] as number) & 0x3f;
  for (let i = at + 1; i < start; i++) length = length * 256 + (bytes[i] as number);
  return start + length;
}
