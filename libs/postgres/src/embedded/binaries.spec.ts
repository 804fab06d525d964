import { chmodSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binariesPackage, readyBinaries } from './binaries.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phoenix-binaries-'));
  for (const folder of ['bin', 'lib']) mkdirSync(join(root, 'native', folder), { recursive: true });
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(root, 'native/pg-symlinks.json'), JSON.stringify(links));
  for (const name of ['initdb', 'postgres']) {
    writeFileSync(join(root, 'native/bin', name), '');
    chmodSync(join(root, 'native/bin', name), 0o755);
  }
});
afterEach(() => rmSync(root, { recursive: true }));

it('makes the library links that an install without scripts left out', async () => {
  await readyBinaries(root);
  expect(readlinkSync(join(root, 'native/lib/libpq.so.5'))).toBe('libpq.so.5.18');
});

it('makes them once when several clusters start together', async () => {
  await expect(Promise.all([1, 2, 3].map(() => readyBinaries(root)))).resolves.toHaveLength(3);
});

it('says so where the links are missing and cannot be made', async () => {
  rmSync(join(root, 'native/lib'), { recursive: true });
  await expect(readyBinaries(root)).rejects.toThrow(/installed with --ignore-scripts .* npm rebuild/);
});

it('says which program is missing', async () => {
  rmSync(join(root, 'native/bin/initdb'));
  await expect(readyBinaries(root)).rejects.toThrow(/initdb is missing or not executable: run npm ci again/);
});

it('says so where there are no binaries for the platform', () => {
  expect(() => binariesPackage('plan9-mips')).toThrow(/no binaries for plan9-mips .* set the database URLs/);
});
