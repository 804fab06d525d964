import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What postmaster.pid says: its lines are named in PostgreSQL's pidfile.h. A missing one reads as pid 0. */
export interface PidFile {
  readonly pid: number;
  /** Empty when the server has not come so far. */
  readonly socketDirectory: string;
  readonly ready: boolean;
}

export async function readPidFile(dataDirectory: string): Promise<PidFile> {
  const text = await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , , socketDirectory, , , status] = text.split('\n');
  return {
    pid: Number(pid),
    socketDirectory: socketDirectory?.trim() ?? '',
    ready: status?.trim() === 'ready',
  };
}
