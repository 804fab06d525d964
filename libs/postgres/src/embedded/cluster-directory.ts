import { chmod, chown, mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { accountFor, requireReachable, type Account } from './account.js';

const OURS = /^(pgdata|run|superuser|lock-.*|init-.*)$/;

/** A directory that is fit for a cluster, and whom Postgres runs as on it. */
export interface ClusterDirectory {
  readonly path: string;
  readonly account: Account | undefined;
  readonly dataDirectory: string;
  readonly initialized: boolean;
}

/**
 * Makes `directory` where it is missing, closes it to others and finds whom Postgres runs as there. Throws one sentence
 * when it holds other things than a cluster, belongs to someone else, or cannot be reached by that user.
 */
export async function prepareDirectory(directory: string): Promise<ClusterDirectory> {
  await mkdir(directory, { recursive: true });
  // Without links, so that the command line of a postgres names the very same path.
  const path = await realpath(directory);
  await requireOwn(path);
  const dataDirectory = join(path, 'pgdata');
  const owner = await stat(dataDirectory).catch(() => undefined);
  const account = accountFor(owner);
  await requireReachable(path, account);
  if (account !== undefined) await chown(path, account.uid, account.gid);
  await chmod(path, 0o700);
  return { path, account, dataDirectory, initialized: owner !== undefined };
}

async function requireOwn(path: string): Promise<void> {
  const us = process.getuid?.();
  const { uid } = await stat(path);
  if (us !== 0 && us !== uid)
    throw new Error(
      `The data directory ${path} belongs to user ${uid}, and this is user ${us}: start as its owner.`,
    );
  const foreign = (await readdir(path)).find((name) => !OURS.test(name));
  if (foreign !== undefined)
    throw new Error(
      `The data directory ${path} holds other things, such as ${foreign}: choose an empty one.`,
    );
}
