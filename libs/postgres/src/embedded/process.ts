import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const POLL_MS = 10;
/** proc(5), flags; sched.h: it runs no more code of its own, though its files may be open for a moment yet. */
const PF_EXITING = 0x4;

/**
 * When the process `pid` began, in an opaque form, or `undefined` when there is none: a number alone is reused, after a
 * reboot or a container's restart nearly always. One that is on its way out, or a zombie, counts as gone.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
    // proc(5): the second field may hold spaces and parentheses; state is the third, start time the twenty-second.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    const leaving = fields[0] === 'Z' || fields[0] === 'X' || (Number(fields[6]) & PF_EXITING) !== 0;
    return leaving ? undefined : fields[19];
  }
  return ps(pid, 'lstart=');
}

/** The command line of `pid`, arguments separated by spaces; empty when there is no such process. */
export async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux')
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  return (await ps(pid, 'command=')) ?? '';
}

async function ps(pid: number, column: string): Promise<string | undefined> {
  const found = await run('ps', ['-o', column, '-p', String(pid)]).catch(() => undefined);
  return found?.stdout.trim() || undefined;
}

/**
 * Asks `condition` every 10 ms until it gives something else than `undefined`, for at most `limitMs`.
 *
 * @returns what it gave, or `undefined` when the time is over.
 */
export async function poll<T>(
  limitMs: number,
  condition: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const limit = AbortSignal.timeout(limitMs);
  for (;;) {
    const found = await condition();
    if (found !== undefined || limit.aborted) return found;
    await delay(POLL_MS);
  }
}
