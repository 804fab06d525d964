import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePorts } from '../../apps/homeserver/src/demo/free-ports.js';

const MAIN = resolve(__dirname, '../../apps/homeserver/dist/main.js');
const READY_LIMIT_MS = 30_000;

/** How a process of the homeserver ended and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A data directory that Postgres can reach when the tests run as root, where it runs as another user. */
export async function makeDataDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'phoenix-home-'));
  await chmod(directory, 0o755);
  return directory;
}

/** Runs the built homeserver with these settings and nothing else of our environment, to its end. */
export async function runHomeserver(settings: Record<string, string>): Promise<Ended> {
  return new HomeserverProcess(settings).ended;
}

/** The built homeserver as a process of its own. Build first: `tsc -b`. */
export class HomeserverProcess {
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;
  private stdout = '';
  private stderr = '';

  constructor(readonly settings: Record<string, string>) {
    const env = { PATH: process.env['PATH'] ?? '', ...settings };
    this.child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(this.child, 'close').then(() => this.saidAt(this.child.exitCode));
  }

  /** Resolves when it has printed "ready"; throws with what it said when it ends before or takes too long. */
  async ready(): Promise<void> {
    const printed = new Promise<boolean>((resolve) => {
      const look = (): void => {
        if (/^ready$/m.test(this.stdout)) resolve(true);
      };
      this.child.stdout!.on('data', look);
      look();
    });
    const over = this.ended.then(() => false);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>(
      (resolve) => (timer = setTimeout(() => resolve(false), READY_LIMIT_MS)),
    );
    const ready = await Promise.race([printed, over, late]);
    clearTimeout(timer);
    if (!ready) throw new Error(`The homeserver is not ready. It said:\n${this.stdout}${this.stderr}`);
  }

  /** What it has printed so far. */
  get output(): string {
    return this.stdout;
  }

  /** Asks it to stop, as Ctrl-C does. */
  async stop(signal: 'SIGINT' | 'SIGTERM' = 'SIGINT'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }

  /** Ends it as a crash or a power cut would. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private saidAt(code: number | null): Ended {
    return { code, stdout: this.stdout, stderr: this.stderr };
  }
}

/** A homeserver in a process of its own that can be killed and started again on the same data. */
export class SpawnedHomeserver {
  private constructor(
    private readonly settings: Record<string, string>,
    private process: HomeserverProcess,
  ) {}

  /** Starts it on free ports in a data directory of its own; `settings` are added. */
  static async start(settings: Record<string, string> = {}): Promise<SpawnedHomeserver> {
    const [as, qs, ds] = await freePorts(3);
    const own = {
      DATA_DIR: await makeDataDirectory(),
      AS_PORT: String(as),
      QS_PORT: String(qs),
      DS_PORT: String(ds),
    };
    const all = { ...own, ...settings };
    const homeserver = new SpawnedHomeserver(all, new HomeserverProcess(all));
    await homeserver.process.ready();
    return homeserver;
  }

  get dataDirectory(): string {
    return this.settings['DATA_DIR']!;
  }

  get output(): string {
    return this.process.output;
  }

  /** A service's GraphQL endpoint; its host is the name that clients sign. */
  url(service: 'as' | 'qs' | 'ds'): string {
    return `http://localhost:${this.settings[`${service.toUpperCase()}_PORT`]}/graphql`;
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    await this.process.kill();
  }

  /** Starts it again with the same settings, after `kill` or `stop`. */
  async startAgain(): Promise<void> {
    this.process = new HomeserverProcess(this.settings);
    await this.process.ready();
  }

  /** Stops it in order. */
  async stop(signal?: 'SIGINT' | 'SIGTERM'): Promise<Ended> {
    return this.process.stop(signal);
  }

  /** Ends it however it may be and removes its data. */
  async remove(): Promise<void> {
    await this.stop('SIGTERM');
    await rm(this.dataDirectory, { recursive: true, force: true });
  }
}
