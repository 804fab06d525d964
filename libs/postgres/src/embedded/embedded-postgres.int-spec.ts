import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { Client } from 'pg';
import { EmbeddedPostgres, type EmbeddedOptions } from './embedded-postgres.js';
import { startOf } from './process.js';

// Twenty-odd fresh clusters, on machines that may be busy.
jest.setTimeout(120_000);

let scratch: string;
let directory: string;
const running = new Set<EmbeddedPostgres>();

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'phoenix-embedded-'));
  // Made by root it is closed to others, and a directory inside it could not be reached.
  if (process.getuid?.() === 0) chownSync(scratch, 65534, 65534);
  directory = join(scratch, 'qs');
});
afterEach(async () => {
  for (const cluster of running) await cluster.stop();
  running.clear();
  rmSync(scratch, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  const cluster = await EmbeddedPostgres.start({ directory, ...options });
  running.add(cluster);
  return cluster;
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

/** A process that starts the cluster and inserts rows (test/setup/postgres-parent.cjs). */
function parent(identity: { uid?: number; gid?: number } = {}): { child: ChildProcess; lines: Interface } {
  const child = spawn(process.execPath, ['test/setup/postgres-parent.cjs', directory], {
    ...identity,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, lines: createInterface({ input: child.stdout }) };
}

/** Kills a parent with SIGKILL when it has printed `count` rows; gives the last one that was acknowledged. */
async function killAfter(count: number, { child, lines }: ReturnType<typeof parent>): Promise<number> {
  let last = -1;
  for await (const line of lines) {
    if (!line.startsWith('url ')) last = Number(line);
    if (last === count) child.kill('SIGKILL');
  }
  return last;
}

describe('a cluster', () => {
  it('keeps what was written over an orderly stop and start', async () => {
    const first = await start();
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS n');
    await first.stop();
    expect(await ask((await start()).url, 'SELECT n FROM kept')).toEqual([42]);
  });

  it('is served to a role without privileges, by a superuser whose name is drawn', async () => {
    const [one, two] = [await start(), await start({ directory: join(scratch, 'ds') })];
    const who = 'SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user';
    expect(await ask(one.url, who)).toEqual([false, false, false]);
    expect(await ask(one.superuserUrl, who)).toEqual([true, true, true]);
    expect(new URL(one.superuserUrl).username).not.toBe(new URL(two.superuserUrl).username);
  });

  it('writes down what it acknowledges, and listens on no network', async () => {
    const names = "'fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses'";
    const { url } = await start();
    const shown = await ask(
      url,
      `SELECT name || '=' || setting FROM pg_settings WHERE name IN (${names}) ORDER BY name`,
    );
    expect(shown).toEqual([
      'data_checksums=on',
      'fsync=on',
      'full_page_writes=on',
      'listen_addresses=',
      'synchronous_commit=on',
    ]);
  });

  it('leaves no socket behind when it stops', async () => {
    await (await start()).stop();
    expect(readdirSync(directory).sort()).toEqual(['lock-1.json', 'pgdata', 'superuser']);
  });

  it('puts its socket elsewhere when the path is too long for one', async () => {
    const cluster = await start({ directory: join(scratch, 'd'.repeat(120)) });
    expect(await ask(cluster.url, 'SELECT 1 AS n')).toEqual([1]);
    expect(new URL(cluster.url).searchParams.get('host')).not.toContain('ddd');
  });

  it('tells its log nothing of statements, values or connections', async () => {
    const log: string[] = [];
    const cluster = await start({ onLog: (line) => log.push(line) });
    await ask(cluster.url, 'CREATE TABLE t (id text PRIMARY KEY)');
    await ask(cluster.url, "INSERT INTO t VALUES ('planted-marker')");
    await expect(ask(cluster.url, "INSERT INTO t VALUES ('planted-marker')")).rejects.toThrow(
      'duplicate key',
    );
    await expect(ask(cluster.url, "SELECT 'planted-marker'::uuid")).rejects.toThrow('invalid input syntax');
    await cluster.stop();
    expect(log).toContainEqual(expect.stringContaining('ready to accept connections'));
    expect(log.join('\n')).not.toMatch(/planted-marker|INSERT|SELECT|phoenix@|connection (received|auth)/);
  });

  it('does not inherit our environment, where keys may be', async () => {
    process.env['PLANTED_KEY'] = 'planted-marker';
    const { pid } = await start();
    delete process.env['PLANTED_KEY'];
    if (process.platform === 'linux') {
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
      expect(environment).toContain('LC_ALL=C');
      expect(environment).not.toContain('planted-marker');
    }
  });

  it('says so when its server dies, and starts again with all it had acknowledged', async () => {
    const died = new Promise<void>((resolve) => {
      void start({ onUnexpectedExit: resolve }).then(async (cluster) => {
        await ask(cluster.url, 'CREATE TABLE kept AS SELECT 7 AS n');
        process.kill(cluster.pid, 'SIGKILL');
      });
    });
    await died;
    await Promise.all([...running].map((cluster) => cluster.stop()));
    expect(await ask((await start()).url, 'SELECT n FROM kept')).toEqual([7]);
  });
});

describe('two starts on one directory', () => {
  it('are one too many: the second refuses and the first goes on', async () => {
    const cluster = await start();
    await expect(start()).rejects.toThrow(`is in use by process ${process.pid}: stop that one first`);
    expect(await ask(cluster.url, 'SELECT 1 AS n')).toEqual([1]);
  });

  it('are one too many in two processes, whichever is first', async () => {
    const cluster = await start();
    const { lines } = parent();
    const [line] = (await once(lines, 'line')) as [string];
    expect(line).toBe(
      `refused The data directory ${directory} is in use by process ${process.pid}: ` +
        'stop that one first, or choose another directory.',
    );
    expect(await ask(cluster.url, 'SELECT 1 AS n')).toEqual([1]);
  });

  it('end with one cluster when they come at the same moment', async () => {
    const tries = await Promise.allSettled([start(), start(), start()]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });
});

describe('after kill -9 of the process that had started it', () => {
  it('the postgres that lives on is stopped and every acknowledged row is there', async () => {
    const last = await killAfter(200, parent());
    expect(last).toBeGreaterThanOrEqual(200);
    const orphan = Number(readFileSync(join(directory, 'pgdata/postmaster.pid'), 'utf8').split('\n')[0]);
    const cluster = await start();
    expect(cluster.pid).not.toBe(orphan);
    expect(await startOf(orphan)).toBeUndefined();
    expect(await ask(cluster.url, `SELECT count(*)::int AS n FROM row WHERE n <= ${last}`)).toEqual([
      last + 1,
    ]);
  });

  it('holds again and again, and when postgres was killed with it', async () => {
    for (let round = 0; round < 3; round++) {
      expect(await killAfter(20, parent())).toBeGreaterThanOrEqual(20);
      const orphan = Number(readFileSync(join(directory, 'pgdata/postmaster.pid'), 'utf8').split('\n')[0]);
      if (round > 0) process.kill(orphan, 'SIGKILL');
    }
    const rows = await ask((await start()).url, 'SELECT count(*)::int AS n FROM row WHERE n <= 20');
    expect(rows).toEqual([63]);
  });

  it('a stale pid file whose number another process has by now does not stand in the way', async () => {
    await (await start()).stop();
    writeFileSync(
      join(directory, 'pgdata/postmaster.pid'),
      `${process.pid}\n${directory}/pgdata\n1\n5432\n\n\n\nready\n`,
    );
    expect(await ask((await start()).url, 'SELECT 1 AS n')).toEqual([1]);
  });

  it('what an interrupted initdb left is swept away', async () => {
    mkdirSync(join(directory, 'init-abc123/base'), { recursive: true });
    await start();
    expect(readdirSync(directory).filter((name) => name.startsWith('init-'))).toEqual([]);
  });
});

describe('a directory that is not fit', () => {
  it('is refused when it holds other things, which stay as they are', async () => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'thesis.txt'), 'precious');
    await expect(start()).rejects.toThrow('holds other things, such as thesis.txt: choose an empty one');
    expect(readdirSync(directory)).toEqual(['thesis.txt']);
  });

  if (process.getuid?.() === 0) {
    it('is refused when the user that root runs Postgres as cannot reach it', async () => {
      const closed = mkdtempSync(join(tmpdir(), 'phoenix-closed-'));
      await expect(start({ directory: join(closed, 'qs') })).rejects.toThrow(
        `Started by root, Postgres runs as user 65534, and ${closed} does not let that user reach`,
      );
      rmSync(closed, { recursive: true });
    });

    it('is refused to a user who does not own it, and serves the one who does', async () => {
      const owned = parent({ uid: 65534, gid: 65534 });
      await killAfter(5, owned);
      const [line] = (await once(parent({ uid: 1, gid: 1 }).lines, 'line')) as [string];
      expect(line).toMatch(/^refused .*(belongs to user 65534|EACCES)/);
      expect(await ask((await start()).url, 'SELECT count(*)::int AS n FROM row WHERE n <= 5')).toEqual([6]);
    });

    it('is refused to a user without a name, as initdb demands, in one sentence', async () => {
      chownSync(scratch, 1_234_567, 1_234_567);
      const { lines } = parent({ uid: 1_234_567, gid: 1_234_567 });
      const [line] = (await once(lines, 'line')) as [string];
      expect(line).toMatch(/^refused .*user 1234567, whom .* does not name: .*\.$/);
    });
  }
});
