import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileClientStore } from '@phoenix/client/node';
import type { PhoenixClient } from '@phoenix/client';
import { introduce, news, person, say, texts, value } from '../e2e/people.js';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';

const LIVES = 12;

/** What the user of one life has seen. */
interface Seen {
  readonly heard: readonly { readonly receipt: string; readonly text: string }[];
  readonly sending: readonly string[];
  readonly sent: readonly string[];
  readonly other: readonly string[];
}

/** Build first: the process runs what `tsc -b` made. */
describe('a client whose process is killed in the middle of traffic', () => {
  jest.setTimeout(120_000);
  let home: TestHomeserver;
  let directory: string;
  beforeAll(async () => {
    home = await startHomeserver();
    directory = await mkdtemp(join(tmpdir(), 'mortal-'));
  });
  afterAll(async () => {
    await home.stop();
    await rm(directory, { recursive: true });
  });

  /** One life; killed some milliseconds after it has begun or ended so many sends, unless it is the last. */
  async function live(task: object, death?: { readonly lines: number; readonly ms: number }): Promise<Seen> {
    const args = [join(__dirname, 'mortal-client.mjs'), JSON.stringify(task)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    let doomed = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (doomed || death === undefined || (output.match(/^sen[dt]/gm)?.length ?? 0) < death.lines) return;
      doomed = true;
      setTimeout(() => child.kill('SIGKILL'), death.ms);
    });
    const [code] = (await once(child, 'close')) as [number | null];
    if (death === undefined) expect(code).toBe(0);
    return seenIn(output);
  }

  it('loses nothing, and shows its user nothing twice', async () => {
    const path = join(directory, 'bob.state');
    const alice = await person(home);
    const bob = await person(home, { store: await FileClientStore.open(path) });
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    await news(bob);

    const services = { as: home.as, qs: home.qs, ds: home.ds };
    const task = { domain: home.domain, services, path, group, finish: false };
    const talk = new Talk(alice, group);
    const lives: Seen[] = [];
    for (let life = 0; life < LIVES; life++) {
      const death = { lines: 1 + ((life * 7) % 11), ms: (life * 5) % 17 };
      const [seen] = await Promise.all([live({ ...task, life }, death), talk.on(6)]);
      lives.push(seen);
    }
    lives.push(await live({ ...task, finish: true }));
    talk.heard.push(...(await texts(alice)));

    expect(lives.flatMap(({ other }) => other)).toEqual([]);
    // A receipt names an event: shown again after a kill before it was confirmed, it is known by it.
    const heard = new Map(lives.flatMap((seen) => seen.heard).map(({ receipt, text }) => [receipt, text]));
    expect([...heard.values()]).toEqual(talk.said);
    const sent = lives.flatMap((seen) => seen.sent);
    const begun = lives.flatMap((seen) => seen.sending);
    expect(talk.heard).toEqual(begun.filter((text) => talk.heard.includes(text)));
    expect(sent.filter((text) => !talk.heard.includes(text))).toEqual([]);
    expect(sent.length).toBeGreaterThan(LIVES / 2);
  });

  /** Alice's part: she talks, reads and renews her keys meanwhile. */
  class Talk {
    readonly said: string[] = [];
    readonly heard: string[] = [];

    constructor(
      private readonly alice: PhoenixClient,
      private readonly group: string,
    ) {}

    async on(count: number): Promise<void> {
      for (let i = 0; i < count; i++) {
        const text = `alice ${this.said.length}`;
        await say(this.alice, this.group, text);
        this.said.push(text);
        this.heard.push(...(await texts(this.alice)));
      }
      value(await this.alice.updateClient(this.group));
    }
  }
});

function seenIn(output: string): Seen {
  const lines = output.split('\n').filter((line) => line !== '');
  const after = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const heard = after('heard').map((line) => {
    const [receipt = '', ...words] = line.split(' ');
    return { receipt, text: words.join(' ') };
  });
  return {
    heard,
    sending: after('sending'),
    sent: after('sent'),
    other: [...after('trouble'), ...after('refused')],
  };
}
