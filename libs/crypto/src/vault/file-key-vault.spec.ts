import { chmod, mkdtemp, readFile, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeCrypto } from '../node/node-crypto.js';
import { VaultError } from '../ports/key-vault.js';
import { keyVaultConformance } from '../testing/key-vault.conformance.js';
import { MemoryKeyVault } from '../testing/memory-key-vault.js';
import { FileKeyVault } from './file-key-vault.js';

const crypto = nodeCrypto();
const newDirectory = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'vault-')), 'vault');

describe('the file vault', () => {
  keyVaultConformance(async () => FileKeyVault.open(await newDirectory(), crypto));

  it('keeps its key in a file that only its owner can read', async () => {
    const directory = await newDirectory();
    await FileKeyVault.open(directory, crypto);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory, 'key-encryption-key'))).mode & 0o777).toBe(0o600);
  });

  it('refuses a key file that others can read', async () => {
    const directory = await newDirectory();
    await FileKeyVault.open(directory, crypto);
    await chmod(join(directory, 'key-encryption-key'), 0o644);
    await expect(FileKeyVault.open(directory, crypto)).rejects.toThrow(VaultError);
  });

  it('unwraps what it wrapped before a restart', async () => {
    const directory = await newDirectory();
    const key = crypto.random.bytes(32);
    const wrapped = await (await FileKeyVault.open(directory, crypto)).wrap('ds.ticket', key);
    const unwrapped = await (await FileKeyVault.open(directory, crypto)).unwrap('ds.ticket', wrapped);
    expect(new Uint8Array(unwrapped)).toEqual(key);
  });

  it('keeps its store keys over a restart, and not a destroyed one, anywhere in its folder', async () => {
    const directory = await newDirectory();
    const vault = await FileKeyVault.open(directory, crypto);
    const old = await vault.addStoreKey('qs.ratchet');
    const before = await readFile(join(directory, 'store-keys.qs.ratchet'));
    const kept = await vault.addStoreKey('qs.ratchet');
    await vault.destroyStoreKey('qs.ratchet', old.id);
    expect(await (await FileKeyVault.open(directory, crypto)).storeKeys('qs.ratchet')).toEqual([kept]);
    for (const file of await readdir(directory)) {
      expect((await readFile(join(directory, file))).includes(before)).toBe(false);
    }
  });

  it('writes no key file when the key comes from the environment', async () => {
    const directory = await newDirectory();
    await FileKeyVault.open(directory, crypto, crypto.random.bytes(32));
    expect(await readdir(directory)).toEqual([]);
    await expect(FileKeyVault.open(directory, crypto, new Uint8Array(16))).rejects.toThrow(VaultError);
  });

  it('refuses names that would leave its folder', async () => {
    const vault = await FileKeyVault.open(await newDirectory(), crypto);
    await expect(vault.addStoreKey('../x')).rejects.toThrow(VaultError);
  });
});

describe('the memory vault', () => {
  keyVaultConformance(() => Promise.resolve(new MemoryKeyVault(crypto)));
});
