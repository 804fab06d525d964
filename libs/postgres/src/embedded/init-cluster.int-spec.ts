import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { poll } from './process.js';

jest.setTimeout(120_000);

const OTHERS_LIMIT_MS = 60_000;

describe('making a cluster', () => {
  let scratch: string;
  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'phoenix-init-'));
    if (process.getuid?.() === 0) chownSync(scratch, 65534, 65534);
  });
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  it('is brought to its end when Ctrl-C comes in the middle: who stops the homeserver has not lost it', async () => {
    const directory = join(scratch, 'qs');
    const deaf = join(scratch, 'deaf.cjs');
    writeFileSync(deaf, "process.on('SIGINT', () => undefined);");
    const homeserver = spawn(
      process.execPath,
      ['--require', deaf, 'test/setup/postgres-parent.cjs', directory],
      // A process group of its own, as the job in a terminal's foreground has.
      { detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const isBegun = (name: string) =>
      name.startsWith('init-') && existsSync(join(directory, name, 'PG_VERSION'));
    const begun = await poll(OTHERS_LIMIT_MS, async () =>
      existsSync(directory) && readdirSync(directory).some(isBegun) ? true : undefined,
    );
    expect(begun).toBe(true);
    // Not once: initdb hears it only between its steps.
    const interrupting = setInterval(() => process.kill(-homeserver.pid!, 'SIGINT'), 20);
    const [line] = (await once(createInterface({ input: homeserver.stdout }), 'line')) as [string];
    clearInterval(interrupting);
    expect(line).toMatch(/^url /);
    homeserver.kill('SIGTERM');
    await once(homeserver, 'close');
  });
});
