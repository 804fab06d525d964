import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireSupportedServer, createPool } from '../pool/create-pool.js';
import { startClusters } from './start-clusters.js';

jest.setTimeout(120_000);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phoenix-clusters-'));
  if (process.getuid?.() === 0) chownSync(directory, 65534, 65534);
});
afterEach(() => rmSync(directory, { recursive: true }));

it('starts clusters that share nothing, and stops them together', async () => {
  const { clusters, stop } = await startClusters(directory, ['as', 'qs', 'ds']);
  for (const { url } of Object.values(clusters)) {
    const pool = createPool(url, { max: 1 });
    await requireSupportedServer(pool);
    await pool.end();
  }
  // A cluster's identifier sits at the start of its control file.
  const identifier = (name: string) =>
    readFileSync(join(directory, name, 'pgdata/global/pg_control')).readBigUInt64LE();
  expect(new Set(['as', 'qs', 'ds'].map(identifier)).size).toBe(3);
  await stop();
  expect(existsSync(join(directory, 'as/pgdata/postmaster.pid'))).toBe(false);
});

it('stops the others again when one cannot start, and gives its reason', async () => {
  mkdirSync(join(directory, 'ds'));
  writeFileSync(join(directory, 'ds/other'), '');
  await expect(startClusters(directory, ['as', 'ds'])).rejects.toThrow(
    'ds holds other things, such as other',
  );
  expect(existsSync(join(directory, 'as/pgdata/PG_VERSION'))).toBe(true);
  expect(existsSync(join(directory, 'as/pgdata/postmaster.pid'))).toBe(false);
});
