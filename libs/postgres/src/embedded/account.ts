import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The user and group that Postgres runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** "nobody" wherever there is one; nothing needs to exist under this number. */
const UNPRIVILEGED: Account = { uid: 65534, gid: 65534 };

/**
 * Whom Postgres runs as: ourselves, or, since it refuses to run as root, the owner of the existing files or an
 * unprivileged account. `undefined` means ourselves.
 */
export function accountFor(owner: Account | undefined): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return owner === undefined || owner.uid === 0 ? UNPRIVILEGED : { uid: owner.uid, gid: owner.gid };
}

const EXECUTE = 0o1;

/**
 * Every directory above `path` must let `account` pass, or Postgres ends with a bare "permission denied". Throws one
 * sentence that names the first directory that does not.
 */
export async function requireReachable(path: string, account: Account | undefined): Promise<void> {
  if (account === undefined) return;
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    if (!passes(await stat(directory), account))
      throw new Error(
        `Started by root, Postgres runs as user ${account.uid}, and ${directory} does not let that user reach ` +
          `${path}: choose a directory outside of it, start as another user, or run chmod o+x ${directory}.`,
      );
    if (directory === dirname(directory)) return;
  }
}

function passes(entry: { mode: number; uid: number; gid: number }, account: Account): boolean {
  const shift = entry.uid === account.uid ? 6 : entry.gid === account.gid ? 3 : 0;
  return ((entry.mode >> shift) & EXECUTE) !== 0;
}
