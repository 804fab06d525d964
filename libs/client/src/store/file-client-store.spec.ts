import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeClientStore } from '../testing/client-store.conformance.js';
import { FileClientStore } from './file-client-store.js';

const roots: string[] = [];
const freshPath = async () => {
  const root = await mkdtemp(join(tmpdir(), 'client-store-'));
  roots.push(root);
  return join(root, 'deep', 'alice.state');
};

afterAll(() => Promise.all(roots.map((root) => rm(root, { recursive: true }))));

describeClientStore('FileClientStore', async () => FileClientStore.open(await freshPath()));

describe('FileClientStore', () => {
  const one = { key: 'a', value: Uint8Array.of(1) };

  it('gives a later process what an earlier one wrote', async () => {
    const path = await freshPath();
    await (await FileClientStore.open(path)).write([one]);
    expect(await (await FileClientStore.open(path)).get('a')).toEqual(Uint8Array.of(1));
  });

  it('writes a file that only its owner reads, and leaves no other beside it', async () => {
    const path = await freshPath();
    await (await FileClientStore.open(path)).write([one]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(path, '..'))).toEqual(['alice.state']);
  });

  it('ignores what a killed process left half written beside the file', async () => {
    const path = await freshPath();
    await (await FileClientStore.open(path)).write([one]);
    await writeFile(`${path}.new`, (await readFile(path)).subarray(0, 3));
    const reopened = await FileClientStore.open(path);
    expect(await reopened.keys('')).toEqual(['a']);
    await reopened.write([{ key: 'b', value: Uint8Array.of(2) }]);
    expect(await (await FileClientStore.open(path)).keys('')).toEqual(['a', 'b']);
  });

  it('refuses to open a file that it did not write', async () => {
    const path = await freshPath();
    await (await FileClientStore.open(path)).write([one]);
    await writeFile(path, 'something else');
    await expect(FileClientStore.open(path)).rejects.toMatchObject({ name: 'DecodeError' });
  });
});
