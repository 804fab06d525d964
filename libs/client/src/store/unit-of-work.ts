import { decode, encode } from '@phoenix/wire';
import type { ClientStore, StoreWrite } from './client-store.js';
import type { RecordKind } from './record-kind.js';

/**
 * Changes that belong together: read through to the store, kept aside until `save` writes them in one batch. What is
 * not saved has not happened, so an operation that fails half way leaves the client as it was.
 */
export class UnitOfWork {
  readonly #staged = new Map<string, Uint8Array | undefined>();

  constructor(private readonly store: ClientStore) {}

  /** @throws DecodeError when the store gives back something else than was written */
  async get<T>(kind: RecordKind<T>, name = ''): Promise<T | undefined> {
    const key = kind.prefix + name;
    const bytes = this.#staged.has(key) ? this.#staged.get(key) : await this.store.get(key);
    return bytes && decode(kind.codec, bytes);
  }

  /** The names of the kind's records, in order. */
  async names<T>(kind: RecordKind<T>): Promise<string[]> {
    const keys = new Set(await this.store.keys(kind.prefix));
    for (const [key, value] of this.#staged)
      if (key.startsWith(kind.prefix)) {
        if (value === undefined) keys.delete(key);
        else keys.add(key);
      }
    return [...keys].sort().map((key) => key.slice(kind.prefix.length));
  }

  put<T>(kind: RecordKind<T>, value: T, name = ''): void {
    this.#staged.set(kind.prefix + name, encode(kind.codec, value));
  }

  delete<T>(kind: RecordKind<T>, name = ''): void {
    this.#staged.set(kind.prefix + name, undefined);
  }

  /** Writes what changed since the last save, whole or not at all. */
  async save(): Promise<void> {
    const batch: StoreWrite[] = [...this.#staged].map(([key, value]) => ({ key, value }));
    if (batch.length > 0) await this.store.write(batch);
    this.#staged.clear();
  }

  /** Forgets what changed since the last save. */
  discard(): void {
    this.#staged.clear();
  }
}
