import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Codec, decode, encode, fixed, list, struct, u32 } from '@phoenix/wire';
import type { PhoenixCrypto } from '../phoenix/phoenix-crypto.js';
import { wipe } from '../phoenix/wipe.js';
import { type StoreKey, VaultError } from '../ports/key-vault.js';
import { readPrivateFile, replacePrivateFile, createPrivateFile } from './private-file.js';
import { WrappingKeyVault } from './wrapping.js';

const storeKeyList: Codec<StoreKey[]> = list(struct({ id: u32, key: fixed(32) }));
const NAME = /^[a-z][a-z0-9.-]*$/;

/**
 * The default vault: one key-encryption key, in a file of mode 0600 or given from the environment, and one file of store
 * keys a name, wrapped under it. A seized disk has it: what must outlive a seizure is destroyed, not hidden (docs/protocol §10).
 */
export class FileKeyVault extends WrappingKeyVault {
  /** Store-key changes follow one another: each rewrites a file. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    crypto: PhoenixCrypto,
    keyEncryptionKey: Uint8Array,
    private readonly directory: string,
  ) {
    super(crypto, keyEncryptionKey);
  }

  /**
   * Opens or makes the vault in `directory` (mode 0700). Without a `keyEncryptionKey` (32 bytes) its file there is read, or made.
   * @throws VaultError when the key's file can be read by others or is not a key.
   */
  static async open(
    directory: string,
    crypto: PhoenixCrypto,
    keyEncryptionKey?: Uint8Array,
  ): Promise<FileKeyVault> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const key = keyEncryptionKey ?? (await ownKey(join(directory, 'key-encryption-key'), crypto));
    if (key.length !== 32) throw new VaultError('a key-encryption key has 32 bytes');
    return new FileKeyVault(crypto, key, directory);
  }

  async storeKeys(name: string): Promise<StoreKey[]> {
    const wrapped = await readFile(this.#path(name)).catch(ignoreMissing);
    if (wrapped === undefined) return [];
    const encoded = await this.unwrap(name, wrapped);
    return decode(storeKeyList, encoded);
  }

  addStoreKey(name: string): Promise<StoreKey> {
    return this.#inTurn(async () => {
      const keys = await this.storeKeys(name);
      const added = { id: (keys[0]?.id ?? 0) + 1, key: this.crypto.random.bytes(32) };
      await this.#write(name, [added, ...keys]);
      return added;
    });
  }

  destroyStoreKey(name: string, id: number): Promise<void> {
    return this.#inTurn(async () => {
      const keys = await this.storeKeys(name);
      if (keys.some((key) => key.id === id))
        await this.#write(
          name,
          keys.filter((key) => key.id !== id),
        );
    });
  }

  async #write(name: string, keys: StoreKey[]): Promise<void> {
    const encoded = encode(storeKeyList, keys);
    await replacePrivateFile(this.#path(name), await this.wrap(name, encoded));
    wipe(encoded);
  }

  #path(name: string): string {
    if (!NAME.test(name))
      throw new VaultError('a store key name is lower-case letters, digits, dots and hyphens');
    return join(this.directory, `store-keys.${name}`);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

async function ownKey(path: string, crypto: PhoenixCrypto): Promise<Uint8Array> {
  const made = crypto.random.bytes(32);
  const created = await createPrivateFile(path, made);
  return created ? made : readPrivateFile(path);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
