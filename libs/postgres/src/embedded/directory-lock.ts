import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startOf } from './process.js';

interface Holder {
  readonly pid: number;
  /** Tells the holder from a later process of the same number. */
  readonly start: string;
}

/**
 * One launcher a directory. Postgres guards its data by a pid file too, but that one neither tells a living homeserver
 * from one that was killed, nor survives that pids are reused.
 */
export class DirectoryLock {
  private constructor(private readonly path: string) {}

  /** Takes the lock of `directory`, from a dead holder too. Throws one sentence when its holder lives. */
  static async acquire(directory: string): Promise<DirectoryLock> {
    const path = join(directory, 'lock.json');
    const mine = `${path}.${process.pid}.${sequence++}`;
    const start = (await startOf(process.pid)) ?? '';
    await writeFile(mine, JSON.stringify({ pid: process.pid, start } satisfies Holder), { mode: 0o600 });
    try {
      while (!(await claim(mine, path))) await evictDead(path, `${mine}.stale`, directory);
    } finally {
      await rm(mine, { force: true });
    }
    return new DirectoryLock(path);
  }

  async release(): Promise<void> {
    await rm(this.path, { force: true });
  }
}

let sequence = 0;

/** A hard link either comes to be, whole, or finds the name taken: no moment in between. */
async function claim(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead holder's lock aside; two who try at once cannot both move the same file. */
async function evictDead(path: string, aside: string, directory: string): Promise<void> {
  const seen = await read(path);
  if (seen === undefined) return;
  await requireDead(seen, directory);
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await read(aside);
  // A quicker one had evicted the same holder, and this is its new lock: give it back.
  if (moved?.pid !== seen.pid || moved.start !== seen.start) await claim(aside, path);
  await rm(aside, { force: true });
}

async function requireDead(holder: Holder, directory: string): Promise<void> {
  if ((await startOf(holder.pid)) !== holder.start) return;
  throw new Error(
    `The data directory ${directory} is in use by process ${holder.pid}: stop that one first, or choose another directory.`,
  );
}

/** A lock appears whole; only a power cut can leave one damaged, and then its holder is gone. */
const DAMAGED: Holder = { pid: 0, start: 'damaged' };

async function read(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) return DAMAGED;
    throw error;
  }
}
