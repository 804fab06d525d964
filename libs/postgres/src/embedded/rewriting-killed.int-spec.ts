import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { EmbeddedPostgres } from './embedded-postgres.js';

jest.setTimeout(120_000);

let scratch: string;
let directory: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'phoenix-rewriting-'));
  if (process.getuid?.() === 0) chownSync(scratch, 65534, 65534);
  directory = join(scratch, 'ds');
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const DIGEST = "SELECT count(*) || md5(string_agg(id || md5(body), ',' ORDER BY id)) AS value FROM things";
const MAKE = [
  'CREATE TABLE things (id uuid PRIMARY KEY, body bytea NOT NULL)',
  'ALTER TABLE things ALTER COLUMN body SET STORAGE EXTERNAL',
  `INSERT INTO things SELECT gen_random_uuid(), decode(repeat(md5(n::text), 3000), 'hex')
     FROM generate_series(1, 200) AS n`,
  DIGEST,
];

/** Starts the cluster, asks it, and stops it again; gives the last answer. */
async function ask(...statements: string[]): Promise<unknown> {
  const cluster = await EmbeddedPostgres.start({ directory });
  const client = new Client({ connectionString: cluster.url });
  await client.connect();
  try {
    let answer: unknown;
    for (const statement of statements) answer = (await client.query<{ value: unknown }>(statement)).rows[0];
    return answer;
  } finally {
    await client.end();
    await cluster.stop();
  }
}

/** Kills a process that rewrites, and its Postgres, so long after it has begun its third time. */
async function killWhileRewriting(afterMs: number): Promise<void> {
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
  const child = spawn(process.execPath, ['test/setup/rewriting-parent.cjs', directory], { stdio });
  let begun = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('refused')) throw new Error(line);
    if (line !== 'rewriting' || ++begun !== 3) continue;
    await setTimeout(afterMs);
    const postmaster = Number(readFileSync(join(directory, 'pgdata/postmaster.pid'), 'utf8').split('\n')[0]);
    child.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
  }
}

describe('kill -9 of a homeserver and its Postgres', () => {
  it('loses no row at any moment of a rewriting in key order', async () => {
    const before = await ask(...MAKE);
    for (const afterMs of [0, 3, 10, 20, 40, 80]) {
      await killWhileRewriting(afterMs);
      expect(await ask(DIGEST)).toEqual(before);
    }
  });
});
