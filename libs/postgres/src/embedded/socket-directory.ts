import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.js';

/** The longest path of a unix socket: `sun_path` has 104 bytes on macOS, 108 on Linux, both with a final zero. */
const LONGEST = 103;
const LONGEST_SOCKET = '/.s.PGSQL.5432'.length;

/**
 * A directory of mode 0700 for the cluster's socket: inside `directory`, or, where that path is too long for a socket, a
 * new one below the system's temporary directory.
 */
export async function makeSocketDirectory(directory: string, account: Account | undefined): Promise<string> {
  const path = await place(join(directory, 'run'));
  await chmod(path, 0o700);
  if (account !== undefined) await chown(path, account.uid, account.gid);
  return path;
}

async function place(preferred: string): Promise<string> {
  if (Buffer.byteLength(preferred) + LONGEST_SOCKET > LONGEST) return mkdtemp(join(tmpdir(), 'phoenix-'));
  // Whatever a killed cluster left in it is of no use.
  await rm(preferred, { recursive: true, force: true });
  await mkdir(preferred);
  return preferred;
}
