import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { homeOf, introduce, news, person, say, texts, value } from '../e2e/people.js';
import { SpawnedHomeserver } from '../harness/index.js';

describe('a homeserver whose database is killed while messages are on their way', () => {
  jest.setTimeout(120_000);
  let homeserver: SpawnedHomeserver;
  beforeAll(async () => (homeserver = await SpawnedHomeserver.start()));
  afterAll(() => homeserver.remove());

  const someone = () => person(homeOf(homeserver), { pause: () => Promise.resolve() });

  /** The process of a service's embedded Postgres. */
  async function postmasterOf(service: 'qs' | 'ds'): Promise<number> {
    const path = join(homeserver.dataDirectory, 'postgres', service, 'pgdata', 'postmaster.pid');
    return Number((await readFile(path, 'utf8')).split('\n')[0]);
  }

  it.each(['qs', 'ds'] as const)('acknowledges nothing that is lost with the %s’s', async (service) => {
    const [alice, bob] = [await someone(), await someone()];
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    await news(bob);
    const told: string[] = [];
    let refused: string | undefined;
    for (let i = 0; refused === undefined; i++) {
      if (i === 5) process.kill(await postmasterOf(service), 'SIGKILL');
      const sent = await alice.send(group, new TextEncoder().encode(`message ${i}`));
      told.push(`message ${i}`);
      if (!sent.ok) refused = sent.refusal.code;
    }
    expect(refused).toBe('UNAVAILABLE');
    await homeserver.kill();
    await homeserver.startAgain();
    await say(alice, group, 'afterwards');
    expect(await texts(bob)).toEqual([...told, 'afterwards']);
  });
});
