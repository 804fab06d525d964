import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startOf } from './process.js';

interface Holder {
  readonly pid: number;
  /** Tells the holder from a later process of the same number. */
  readonly start: string;
}

/** Nobody: what a released lock says, and one that a power cut left damaged, since a lock appears whole. */
const NOBODY: Holder = { pid: 0, start: '' };
const NAME = /^lock-(\d+)\.json$/;
let attempts = 0;

/**
 * One launcher a directory. Postgres guards its data by a pid file too, but that one neither tells a living homeserver
 * from one that was killed, nor survives that pids are reused.
 *
 * The lock is the file `lock-<n>.json` of the highest n. To take it is to make number n + 1 when the holder of n is gone;
 * a hard link comes to be whole or finds its name taken, so of many who try one wins. Numbers only grow: a file that was
 * judged dead is never removed by name while it may have become another's.
 */
export class DirectoryLock {
  private constructor(
    private readonly directory: string,
    private readonly number: number,
  ) {}

  /** Takes the lock of `directory`, from a dead holder too. Throws one sentence when its holder lives. */
  static async acquire(directory: string): Promise<DirectoryLock> {
    const holder: Holder = { pid: process.pid, start: (await startOf(process.pid)) ?? '' };
    const draft = await writeDraft(directory, holder);
    try {
      for (;;) {
        const number = (await requireFree(directory)) + 1;
        if (await claim(draft, directory, number)) return new DirectoryLock(directory, number);
      }
    } finally {
      await rm(draft, { force: true });
    }
  }

  async release(): Promise<void> {
    await rename(await writeDraft(this.directory, NOBODY), file(this.directory, this.number));
  }
}

const file = (directory: string, number: number) => join(directory, `lock-${number}.json`);

async function writeDraft(directory: string, holder: Holder): Promise<string> {
  const draft = join(directory, `lock-draft-${process.pid}-${attempts++}`);
  await writeFile(draft, JSON.stringify(holder), { mode: 0o600 });
  return draft;
}

/** The highest number, 0 for none, if its holder is gone. */
async function requireFree(directory: string): Promise<number> {
  const highest = Math.max(0, ...(await numbers(directory)));
  if (highest === 0) return 0;
  const { pid, start } = await read(file(directory, highest));
  if (pid !== NOBODY.pid && (await startOf(pid)) === start)
    throw new Error(
      `The data directory ${directory} is in use by process ${pid}: stop that one first, or choose another directory.`,
    );
  return highest;
}

async function claim(draft: string, directory: string, number: number): Promise<boolean> {
  try {
    await link(draft, file(directory, number));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  const others = (await numbers(directory)).filter((other) => other !== number);
  // Somebody took and gave back this number, another went on from there and swept it away: that one holds the lock.
  const overtaken = others.some((other) => other > number);
  for (const swept of overtaken ? [number] : others) await rm(file(directory, swept), { force: true });
  return !overtaken;
}

async function numbers(directory: string): Promise<number[]> {
  return (await readdir(directory)).flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
}

async function read(path: string): Promise<Holder> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch (error) {
    // Swept away by a newer holder, who is found at the next look.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return NOBODY;
    throw error;
  }
}
