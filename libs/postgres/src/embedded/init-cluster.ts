import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Account } from './account.js';
import { ENVIRONMENT } from './settings.js';

/** The name under which the superuser of the cluster in a directory is kept, and nothing else. */
export const SUPERUSER_FILE = 'superuser';
const UNFINISHED = 'init-';

/**
 * Makes a new cluster at `<directory>/pgdata`, whole or not at all, whose superuser has a random name and no password:
 * the socket's directory is what keeps others out. Sorting is by bytes, text is UTF-8, pages have checksums.
 */
export async function initCluster(
  initdb: string,
  directory: string,
  account: Account | undefined,
): Promise<void> {
  await removeUnfinished(directory);
  const unfinished = await mkdtemp(join(directory, UNFINISHED));
  if (account !== undefined) await chown(unfinished, account.uid, account.gid);
  // The six characters that mkdtemp draws are as random as a name needs to be.
  const superuser = `owner_${basename(unfinished).slice(UNFINISHED.length).toLowerCase()}`;
  await runInitdb(initdb, unfinished, superuser, account);
  await writeDurably(join(directory, SUPERUSER_FILE), superuser);
  await rename(unfinished, join(directory, 'pgdata'));
  await syncDirectory(directory);
}

async function runInitdb(
  initdb: string,
  data: string,
  superuser: string,
  account: Account | undefined,
): Promise<void> {
  const options = [
    '--encoding=UTF8',
    '--no-locale',
    '--data-checksums',
    '--no-instructions',
    '--wal-segsize=4',
  ];
  const access = ['--auth-local=trust', '--auth-host=reject', `--username=${superuser}`];
  const child = spawn(initdb, ['-D', data, ...options, ...access], {
    ...account,
    cwd: '/',
    env: ENVIRONMENT,
    // A session of its own: Ctrl-C is for us, who stop in order once the cluster is made.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said] = await Promise.all([text(child.stderr), once(child, 'close')]);
  // Whoever starts a container with a user of their own choice meets this.
  if (said.includes('could not look up effective user ID'))
    throw new Error(
      `The embedded Postgres cannot be made by user ${process.geteuid?.()}, whom /etc/passwd does not name: start as a user ` +
        'that it names, or set the database URLs.',
    );
  if (child.exitCode !== 0)
    throw new Error(
      `initdb could not make a cluster in ${data} (${child.exitCode ?? child.signalCode}). It said:\n${said.trim()}`,
    );
}

/** What a launcher that was killed during initdb left behind. */
async function removeUnfinished(directory: string): Promise<void> {
  for (const name of await readdir(directory))
    if (name.startsWith(UNFINISHED)) await rm(join(directory, name), { recursive: true, force: true });
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
