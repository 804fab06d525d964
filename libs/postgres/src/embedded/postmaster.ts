import { spawn, type ChildProcess } from 'node:child_process';
import type { Account } from './account.js';
import { readPidFile } from './pid-file.js';
import { poll } from './process.js';
import { ENVIRONMENT, postgresArguments } from './settings.js';

/** Crash recovery replays at most `max_wal_size`, but perhaps on a slow disk. */
const READY_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 60_000;
const SESSIONS_GONE_LIMIT_MS = 10_000;
const LOG_LINES = 20;

/** What a postmaster is started with. */
export interface PostmasterOptions {
  readonly postgres: string;
  readonly dataDirectory: string;
  readonly socketDirectory: string;
  readonly account: Account | undefined;
  readonly onLog: (line: string) => void;
}

/** One running `postgres`, child of this process. */
export class Postmaster {
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  private readonly recent: string[] = [];
  private readonly stopWithUs = () => this.child.kill('SIGINT');

  private constructor(private readonly child: ChildProcess) {
    this.ended = new Promise((resolve) => {
      child.once('error', () => resolve());
      child.once('close', () => resolve());
    });
    void this.ended.then(() => process.off('exit', this.stopWithUs));
    process.once('exit', this.stopWithUs);
  }

  /** Starts `postgres` and waits until it accepts connections. Throws with its last log lines when it does not come up. */
  static async start(options: PostmasterOptions): Promise<Postmaster> {
    let said = '';
    const started = await poll(SESSIONS_GONE_LIMIT_MS, async () => {
      const postmaster = Postmaster.spawn(options);
      if (await postmaster.becomesReady(options.dataDirectory)) return postmaster;
      await postmaster.stop();
      said = postmaster.recent.join('\n');
      // A killed postmaster's sessions are just noticing, and hold its shared memory until then: try again.
      return /pre-existing shared memory block/.test(said) ? undefined : null;
    });
    if (started) return started;
    throw new Error(`The embedded Postgres on ${options.dataDirectory} did not start. It said:\n${said}`);
  }

  private static spawn({
    postgres,
    dataDirectory,
    socketDirectory,
    account,
    onLog,
  }: PostmasterOptions): Postmaster {
    const child = spawn(postgres, postgresArguments(dataDirectory, socketDirectory), {
      ...account,
      cwd: '/',
      env: ENVIRONMENT,
      // A session of its own: Ctrl-C is for us, who stop it last.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const postmaster = new Postmaster(child);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n').filter((part) => part !== '')) {
        if (postmaster.recent.push(line) > LOG_LINES) postmaster.recent.shift();
        onLog(line);
      }
    });
    return postmaster;
  }

  /** The process's number. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  private get running(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  private async becomesReady(dataDirectory: string): Promise<boolean> {
    const ready = await poll(READY_LIMIT_MS, async () => {
      if (!this.running) return false;
      const { pid, ready: isReady } = await readPidFile(dataDirectory);
      return pid === this.pid && isReady ? true : undefined;
    });
    return ready === true;
  }

  /** Ends its sessions, writes everything down, exits: PostgreSQL's "fast" shutdown. */
  async stop(): Promise<void> {
    if (this.running) this.child.kill('SIGINT');
    const timer = setTimeout(() => this.child.kill('SIGQUIT'), STOP_LIMIT_MS);
    await this.ended;
    clearTimeout(timer);
  }
}
