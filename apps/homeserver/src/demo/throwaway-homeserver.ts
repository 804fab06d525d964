import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClientOptions } from '@phoenix/client';
import type { Settings } from '../config/env.js';
import { SERVICE_NAMES, type ServiceName } from '../config/service-name.js';
import { freePorts } from './free-ports.js';
import { ThrowawayDatabases } from './throwaway-databases.js';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

/** A homeserver for one demo: the built one, as a process of its own, in a directory that goes when it goes. */
export class ThrowawayHomeserver {
  readonly domain = 'localhost';
  #child: ChildProcess | undefined;

  private constructor(
    /** Everything of this run, the clients' files included. */
    readonly directory: string,
    private readonly ports: readonly number[],
    private readonly databases: ThrowawayDatabases,
  ) {}

  /** Of the settings only the database URLs are used: databases of the demo's own are made on those servers. */
  static async start(settings: Settings): Promise<ThrowawayHomeserver> {
    const directory = await mkdtemp(join(tmpdir(), 'phoenix-demo-'));
    // Started by root, Postgres runs as another user, who must be able to pass through.
    await chmod(directory, 0o755);
    const tag = basename(directory).slice(-6).toLowerCase();
    const databases = await ThrowawayDatabases.create(settings, tag);
    const ports = await freePorts(SERVICE_NAMES.length);
    const homeserver = new ThrowawayHomeserver(directory, ports, databases);
    try {
      await homeserver.run();
    } catch (error) {
      await homeserver.remove();
      throw error;
    }
    return homeserver;
  }

  get services(): ClientOptions['services'] {
    const at = (name: ServiceName) => ({ url: `http://localhost:${this.portOf(name)}/graphql` });
    return { as: at('as'), qs: at('qs'), ds: at('ds') };
  }

  databaseUrl(name: ServiceName): Promise<string> {
    return this.databases.urlOf(name, this.dataDir);
  }

  /** Starts the process, the first time or after a kill; resolves when it has said "ready". */
  async run(): Promise<void> {
    const ports = Object.fromEntries(
      SERVICE_NAMES.map((name) => [`${name.toUpperCase()}_PORT`, String(this.portOf(name))] as const),
    );
    const env: Record<string, string> = { DATA_DIR: this.dataDir, ...ports, ...this.databases.settings };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.#child = child;
    let said = '';
    const exited = once(child, 'exit').then(() => false);
    const ready = new Promise<boolean>((resolve) => {
      const listen = (text: Buffer): void => {
        said += text.toString();
        if (/^ready$/m.test(said)) resolve(true);
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
    });
    if (!(await Promise.race([ready, exited]))) throw new Error(`The homeserver did not start:\n${said}`);
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    await this.#signal('SIGKILL');
  }

  /** Stops it in order and removes all that it kept. */
  async remove(): Promise<void> {
    await this.#signal('SIGTERM');
    await this.databases.drop();
    await rm(this.directory, { recursive: true, force: true });
  }

  async #signal(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  private get dataDir(): string {
    return join(this.directory, 'data');
  }

  private portOf(name: ServiceName): number {
    return this.ports[SERVICE_NAMES.indexOf(name)]!;
  }
}
