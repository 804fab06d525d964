import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientStore, MemoryClientStore, PhoenixClient, type StoreWrite } from '@phoenix/client';
import { FileClientStore } from '@phoenix/client/node';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, optionsAt, person, say, texts, value } from './people.js';

/** Dies as a process would: from the given moment on no write arrives any more. */
class DyingStore extends ClientStore {
  writesLeft = Number.POSITIVE_INFINITY;

  constructor(private readonly disk: MemoryClientStore) {
    super();
  }

  get(key: string): Promise<Uint8Array | undefined> {
    return this.disk.get(key);
  }

  keys(prefix: string): Promise<string[]> {
    return this.disk.keys(prefix);
  }

  write(batch: readonly StoreWrite[]): Promise<void> {
    if (this.writesLeft-- <= 0) return Promise.reject(new Error('killed'));
    return this.disk.write(batch);
  }
}

/** A `fetch` whose next answers to one operation are lost on the way back: the service has done what it was asked. */
function lossyFetch() {
  const losses = new Map<string, number>();
  const lossy: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const body = new TextDecoder().decode(init!.body as Uint8Array);
    for (const [operation, left] of losses)
      if (left > 0 && body.includes(`{${operation}(`)) {
        losses.set(operation, left - 1);
        throw new TypeError('the answer was lost');
      }
    return answer;
  };
  return { fetch: lossy, lose: (operation: string, times: number) => void losses.set(operation, times) };
}

describe("a client's state", () => {
  let home: TestHomeserver;
  let directory: string;
  beforeAll(async () => {
    home = await startHomeserver();
    directory = await mkdtemp(join(tmpdir(), 'clients-'));
  });
  afterAll(async () => {
    await home.stop();
    await rm(directory, { recursive: true });
  });

  it('survives a restart from its file in the middle of a conversation', async () => {
    const path = join(directory, 'bob.state');
    const alice = await person(home);
    const bob = await person(home, { store: await FileClientStore.open(path) });
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    await say(alice, group, 'one');
    expect(await texts(bob)).toEqual(['one']);
    await say(alice, group, 'two');

    const again = value(
      await PhoenixClient.open(await optionsAt(home, { store: await FileClientStore.open(path) })),
    );
    expect(again.userId).toBe(bob.userId);
    expect(await texts(again)).toEqual(['two']);
    await say(again, group, 'three');
    value(await again.updateClient(group));
    await say(alice, group, 'four');
    expect(await texts(alice)).toEqual(['three']);
    expect(await texts(again)).toEqual(['four']);
  });

  it('is not opened where nobody was registered, and not registered twice', async () => {
    const options = await optionsAt(home);
    expect(await PhoenixClient.open(options)).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
    value(await PhoenixClient.register(options));
    expect(await PhoenixClient.register(options)).toMatchObject({ refusal: { code: 'ALREADY_EXISTS' } });
  });

  it('loses and repeats nothing when the client is killed at any of its writes while it reads', async () => {
    const alice = await person(home);
    const disk = new MemoryClientStore();
    const bob = await person(home, { store: disk });
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    const heard: string[] = [];
    for (let life = 0; life < 6; life++) {
      await say(alice, group, `message ${life}`);
      const store = new DyingStore(disk);
      const living = value(await PhoenixClient.open(await optionsAt(home, { store })));
      store.writesLeft = life % 3;
      // Killed before the page is kept, before it is confirmed, or after that.
      const read = await texts(living).catch(() => []);
      heard.push(...read);
    }
    const last = value(await PhoenixClient.open(await optionsAt(home, { store: disk })));
    heard.push(...(await texts(last)));
    expect(heard).toEqual(Array.from({ length: 6 }, (_, life) => `message ${life}`));
  });

  it('keeps an event until it is confirmed', async () => {
    const [alice, bob] = [await person(home), await person(home)];
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    const joined = value(await bob.receive());
    expect(joined).toHaveLength(1);
    expect(value(await bob.receive())).toEqual(joined);
    value(await bob.confirm(joined));
    expect(value(await bob.receive())).toEqual([]);
  });

  it('holds when answers are lost: what was done is not done twice', async () => {
    const { fetch, lose } = lossyFetch();
    const [bob, carol] = [await person(home), await person(home)];
    for (const operation of [
      'finishUserRegistration',
      'createUserRecord',
      'publishAddPackages',
      'createGroup',
    ])
      lose(operation, 1);
    const pause = () => Promise.resolve();
    const alice = value(await PhoenixClient.register(await optionsAt(home, { fetch, pause })));
    value(await alice.publishAddPackages(2));
    await introduce(alice, bob, carol);
    const group = value(await alice.createGroup());
    for (const operation of ['addUsers', 'sendMessage', 'updateClient', 'removeUsers']) lose(operation, 2);
    value(await alice.addMembers(group, [bob.userId, carol.userId]));
    await say(alice, group, 'once');
    value(await alice.updateClient(group, { newPseudonym: true }));
    value(await alice.removeMembers(group, [carol.userId]));
    await say(alice, group, 'and once more');
    expect(await texts(bob)).toEqual(['once', 'and once more']);
    expect(await texts(carol)).toEqual(['once']);
  });

  it('sends later, once, what no answer came to at all', async () => {
    const { fetch, lose } = lossyFetch();
    const bob = await person(home);
    const pause = () => Promise.resolve();
    const alice = value(await PhoenixClient.register(await optionsAt(home, { fetch, pause })));
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    lose('sendMessage', 6);
    const sent = await alice.send(group, new TextEncoder().encode('patience'));
    expect(sent).toMatchObject({ ok: false, refusal: { code: 'UNAVAILABLE' } });
    await say(alice, group, 'and more');
    expect(await texts(bob)).toEqual(['patience', 'and more']);
  });

  it('finds out by itself what became of a commit that no answer came to', async () => {
    const { fetch, lose } = lossyFetch();
    const bob = await person(home);
    const pause = () => Promise.resolve();
    const store = new MemoryClientStore();
    const alice = value(await PhoenixClient.register(await optionsAt(home, { fetch, pause, store })));
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    lose('updateClient', 6);
    const updated = await alice.updateClient(group, { newPseudonym: true });
    expect(updated).toMatchObject({ ok: false, refusal: { code: 'UNAVAILABLE' } });
    const again = value(await PhoenixClient.open(await optionsAt(home, { store })));
    await say(again, group, 'here I am');
    expect(await texts(bob)).toEqual(['here I am']);
    await say(bob, group, 'I see');
    expect(await news(again)).toMatchObject([{ kind: 'message', sender: bob.userId }]);
  });

  it('joined through a last-resort package, replaces its leaf before it says anything', async () => {
    const [alice, dora] = [await person(home), await person(home, { oneTime: 0 })];
    await introduce(alice, dora);
    const groups = [value(await alice.createGroup()), value(await alice.createGroup())];
    for (const group of groups) value(await alice.addMembers(group, [dora.userId]));
    await news(dora);
    for (const group of groups) {
      await say(dora, group, 'first words');
      const events = await news(alice);
      expect(events).toMatchObject([{ kind: 'message', sender: dora.userId, group }]);
      // Created at 0, Dora added at 1: the leaf that Alice added is not the one that speaks.
      const view = value(await dora.groups()).find(({ name }) => name === group)!;
      expect(view.epoch).toBe(2n);
    }
  });
});
