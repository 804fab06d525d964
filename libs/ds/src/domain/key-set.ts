/**
 * A few keys or pseudonyms, to hold thousands against: most of those are told apart by their first four bytes, before
 * anything is made of them.
 */
export class KeySet {
  readonly #prefixes = new Set<number>();
  readonly #keys = new Set<string>();

  constructor(keys: Iterable<Uint8Array> = []) {
    for (const key of keys) this.add(key);
  }

  /** How many different ones there are. */
  get size(): number {
    return this.#keys.size;
  }

  add(key: Uint8Array): void {
    this.#prefixes.add(prefixOf(key));
    this.#keys.add(textOf(key));
  }

  has(key: Uint8Array): boolean {
    return this.#prefixes.has(prefixOf(key)) && this.#keys.has(textOf(key));
  }
}

function prefixOf(key: Uint8Array): number {
  return ((key[0] ?? 0) << 24) | ((key[1] ?? 0) << 16) | ((key[2] ?? 0) << 8) | (key[3] ?? 0);
}

function textOf(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1');
}
