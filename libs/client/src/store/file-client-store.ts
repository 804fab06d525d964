import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ClientStore, type StoreWrite } from './client-store.js';
import { applied, type Entries, keysOf } from './entries.js';
import { decodeStoreFile, encodeStoreFile } from './store-file.js';

/**
 * A store in one file of mode 0600, rewritten beside itself and renamed with every batch: a kill at any moment leaves
 * the file from before or after. Node only, hence its own entry point (`@phoenix/client/node`).
 * A write costs as much as the whole state; a client of very large groups wants another adapter.
 */
export class FileClientStore extends ClientStore {
  #entries: Entries;
  #last: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    entries: Entries,
  ) {
    super();
    this.#entries = entries;
  }

  /**
   * Opens the store at `path`; a file that is not there yet is an empty store.
   * @throws DecodeError when the file is not one that a FileClientStore wrote
   */
  static async open(path: string): Promise<FileClientStore> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const content = await readFile(path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    });
    const entries = content === undefined ? new Map<string, Uint8Array>() : decodeStoreFile(content);
    return new FileClientStore(path, entries);
  }

  override get(key: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.#entries.get(key)?.slice());
  }

  override keys(prefix: string): Promise<string[]> {
    return Promise.resolve(keysOf(this.#entries, prefix));
  }

  /** Batches are written one after the other; a failed one leaves file and memory as they were. */
  override write(batch: readonly StoreWrite[]): Promise<void> {
    const copies = batch.map(({ key, value }) => ({ key, value: value?.slice() }));
    const written = this.#last.then(() => this.#replace(applied(this.#entries, copies)));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async #replace(entries: Entries): Promise<void> {
    const content = encodeStoreFile(entries);
    const beside = `${this.path}.new`;
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
      content.fill(0);
    }
    await rename(beside, this.path);
    this.#entries = entries;
    await syncDirectory(dirname(this.path));
  }
}

/** The rename itself is durable only once its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
