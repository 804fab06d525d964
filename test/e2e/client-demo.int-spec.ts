import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const DEMO = join(__dirname, '../../apps/homeserver/dist/demo/main.js');
const run = promisify(execFile);

/** Each of three says 10, and 6 more are said around it; of Carol's removal on, only two read. */
const TOLD = { ok: true, sent: 36, delivered: 70, refused: 2 };

/** The demo's last line. Build first: `tsc -b`. */
async function play(...args: string[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, [DEMO, '--json', ...args], { env: {} });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
}

describe('the demo', () => {
  it('ends with every message read by exactly those who should', async () => {
    expect(await play()).toMatchObject(TOLD);
  }, 90_000);

  it('loses and repeats nothing when the server is killed in the middle of the traffic', async () => {
    expect(await play('--crash')).toMatchObject(TOLD);
  }, 90_000);
});
