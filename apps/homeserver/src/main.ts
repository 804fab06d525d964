import { type Config, deriveConfig } from './config/config.js';
import { readSettings } from './config/env.js';
import { crashRecord } from './crash-record.js';

const writeLog = (line: string): void => void process.stderr.write(line);

/** Why the process ends: asked to, or because what it stands on is gone, or by a bug. */
class Ending {
  /** The exit code. */
  readonly reached: Promise<number>;
  because: (code: number) => void = () => undefined;

  constructor() {
    this.reached = new Promise((resolve) => (this.because = resolve));
    process.on('uncaughtException', (error) => {
      writeLog(`${JSON.stringify(crashRecord(error))}\n`);
      this.because(1);
    });
    // On every such signal, not once: a terminal and npm both pass Ctrl-C on, and the second must not cut the stop short.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => this.because(0));
  }
}

/** On its own machine a homeserver is reached by the name that its clients sign; elsewhere a proxy stands between the two. */
function reachedAt(bindAddress: string, port: number, authority: string): string {
  if (authority === `localhost:${port}`) return `http://${authority}/graphql`;
  const host = bindAddress.includes(':') ? `[${bindAddress}]` : bindAddress;
  return `http://${host}:${port}/graphql, for ${authority}`;
}

function introduce(config: Config, warnings: readonly string[]): void {
  console.log(`home domain  ${config.homeDomain}`);
  for (const { name, port, authority } of config.services) {
    console.log(`${name.toUpperCase()}           ${reachedAt(config.bindAddress, port, authority)}`);
  }
  for (const warning of warnings) console.log(`note: ${warning}`);
  console.log('ready');
}

async function main(): Promise<number> {
  const config = deriveConfig(readSettings());
  const end = new Ending();
  // Only now: wrong settings are refused at once, not after a second of loading services.
  const { boot } = await import('./boot.js');
  const running = await boot(config, writeLog, () => {
    console.error('An embedded database ended by itself: stopping.');
    end.because(1);
  });
  introduce(config, running.warnings);
  const code = await end.reached;
  await running.stop();
  return code;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(
      error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : 'The homeserver could not start.',
    );
    process.exit(1);
  },
);
