import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const READY = /Ready to accept connections/;

/** A redis-server of a test's own, in a directory of its own, which can be ended and started again on the same port. */
export class RedisServer {
  private constructor(
    readonly url: string,
    private readonly directory: string,
    private readonly settings: readonly string[],
    private child: ChildProcess,
  ) {}

  /** Starts one that writes nothing to its disk, unless `settings` (`--save`, `60 1`) say otherwise. */
  static async start(...settings: readonly string[]): Promise<RedisServer> {
    const port = await freePort();
    const directory = await mkdtemp(join(tmpdir(), 'phoenix-redis-'));
    const listening = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory];
    const all = [...listening, '--save', '', '--appendonly', 'no', ...settings];
    return new RedisServer(`redis://127.0.0.1:${port}`, directory, all, await launch(all));
  }

  /** Ends it; what it held is gone. */
  async kill(): Promise<void> {
    const gone = once(this.child, 'close');
    if (this.child.kill('SIGKILL')) await gone;
  }

  /** After `kill`. */
  async startAgain(): Promise<void> {
    this.child = await launch(this.settings);
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

async function launch(settings: readonly string[]): Promise<ChildProcess> {
  const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (READY.test(said)) break;
  }
  if (!READY.test(said)) throw new Error(`redis-server did not start: ${said}`);
  return child;
}
