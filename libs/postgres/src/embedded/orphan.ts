import { realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { readPidFile } from './pid-file.js';
import { commandOf, poll, startOf } from './process.js';

const STOP_LIMIT_MS = 60_000;
/** A process that was killed closes its socket a moment after its end is certain. */
const SOCKET_CLOSED_LIMIT_MS = 2_000;

/**
 * Stops the postgres that outlived a killed homeserver on `dataDirectory`, so that a new one can start; what it had
 * acknowledged stays. Takes away its pid file where another process has its number by now. For the lock's holder only.
 */
export async function stopOrphan(dataDirectory: string): Promise<void> {
  const { pid, socketDirectory } = await readPidFile(dataDirectory);
  if (pid > 0 && (await isPostmasterOf(pid, dataDirectory))) await interrupt(pid, dataDirectory);
  if (socketDirectory !== '' && !(await fallsSilent(join(socketDirectory, '.s.PGSQL.5432'))))
    throw new Error(
      `${dataDirectory} is in use by a postgres outside of this container: stop that one first.`,
    );
  await rm(join(dataDirectory, 'postmaster.pid'), { force: true });
}

async function isPostmasterOf(pid: number, dataDirectory: string): Promise<boolean> {
  // The command line is readable where /proc/<pid>/cwd is not: in containers root lacks the capability.
  return (
    (await startOf(pid)) !== undefined &&
    (await commandOf(pid)).includes(` -D ${realpathSync(dataDirectory)} `)
  );
}

async function fallsSilent(socket: string): Promise<boolean> {
  const silent = () => answers(socket).then((heard) => (heard ? undefined : true));
  return (await poll(SOCKET_CLOSED_LIMIT_MS, silent)) === true;
}

/** Whether somebody listens at a unix socket, be it from another container on the same disk. */
async function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket, () => {
      connection.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });
}

async function interrupt(pid: number, dataDirectory: string): Promise<void> {
  // Fast, then immediate: what is acknowledged is in the write-ahead log either way.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    send(signal, pid);
    const gone = () => isPostmasterOf(pid, dataDirectory).then((alive) => (alive ? undefined : true));
    if ((await poll(STOP_LIMIT_MS, gone)) === true) return;
  }
  throw new Error(
    `A postgres (process ${pid}) left over on ${dataDirectory} does not stop: end it, then start again.`,
  );
}

function send(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended by itself since it was last looked at.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
