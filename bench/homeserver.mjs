import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePorts } from '../apps/homeserver/dist/demo/free-ports.js';

const MAIN = join(import.meta.dirname, '../apps/homeserver/dist/main.js');

/** The built homeserver in a process of its own, on embedded databases in a directory of its own. */
export async function startHomeserver() {
  const directory = mkdtempSync(join(tmpdir(), 'phoenix-bench-'));
  chmodSync(directory, 0o755);
  const [as, qs, ds] = (await freePorts(3)).map(String);
  const settings = { DATA_DIR: directory, AS_PORT: as, QS_PORT: qs, DS_PORT: ds };
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await ready(child);
  const url = (port) => ({ url: `http://localhost:${port}/graphql` });
  return {
    pid: child.pid,
    domain: 'localhost',
    services: { as: url(as), qs: url(qs), ds: url(ds) },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'close');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function ready(child) {
  for await (const line of createInterface({ input: child.stdout })) if (line === 'ready') return;
  throw new Error('the homeserver ended before it was ready');
}
