import { type ClientStore, MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, optionsAt, person, value } from './people.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = async (reader: PhoenixClient, user: PhoenixClient): Promise<string | undefined> => {
  const outcome = await reader.profiles.read(user.userId);
  return outcome.ok ? new TextDecoder().decode(outcome.value) : undefined;
};

/** A `fetch` that fails while it is told to, before anything is sent. */
function interruptible() {
  let forbidden: string | undefined;
  const own: typeof fetch = (input, init) => {
    const body = new TextDecoder().decode(init!.body as Uint8Array);
    return forbidden !== undefined && body.includes(forbidden)
      ? Promise.reject(new TypeError('cut'))
      : fetch(input, init);
  };
  return { fetch: own, cut: (operation?: string) => (forbidden = operation) };
}

describe('profiles', () => {
  let home: TestHomeserver;
  let [alice, bob]: PhoenixClient[] = [];
  let store: ClientStore;
  const { fetch, cut } = interruptible();
  const pause = (): Promise<void> => Promise.resolve();

  beforeEach(async () => {
    home = await startHomeserver();
    store = new MemoryClientStore();
    alice = await person(home);
    bob = await person(home, { store, fetch, pause });
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    await news(bob);
  });

  afterEach(async () => {
    cut();
    await home.stop();
  });

  it('are read by those who share a group or a card, and by nobody else', async () => {
    expect(await read(alice!, bob!)).toBeUndefined();
    value(await bob!.profiles.publish(bytes('Bob')));
    const carol = await person(home);
    expect([await read(alice!, bob!), await read(carol, bob!)]).toEqual(['Bob', undefined]);
    value(await carol.addContact(value(await bob!.contactCard())));
    expect(await read(carol, bob!)).toBe('Bob');
    value(await bob!.profiles.publish(bytes('Bobby')));
    expect([await read(alice!, bob!), await read(carol, bob!)]).toEqual(['Bobby', 'Bobby']);
  });

  it('can be read at every moment while their key changes, again and again', async () => {
    value(await bob!.profiles.publish(bytes('Bob')));
    for (let change = 0; change < 3; change++) {
      value(await bob!.profiles.changeKey());
      expect(await read(alice!, bob!)).toBe('Bob');
      await news(alice!);
      expect(await read(alice!, bob!)).toBe('Bob');
    }
    value(await bob!.profiles.publish(bytes('Robert')));
    expect(await read(alice!, bob!)).toBe('Robert');
  });

  it('stay readable when the change is cut off before its upload, before the groups hear, and tried again', async () => {
    value(await bob!.profiles.publish(bytes('Bob')));
    for (const operation of ['updateUserProfile', 'updateProfileKey', 'updateUserProfile']) {
      cut(operation);
      await bob!.profiles.changeKey();
      await news(alice!);
      expect(await read(alice!, bob!)).toBe('Bob');
      bob = value(await PhoenixClient.open(await optionsAt(home, { store, fetch, pause })));
    }
    cut();
    value(await bob!.profiles.changeKey());
    await news(alice!);
    expect(await read(alice!, bob!)).toBe('Bob');
  });

  it('go with their user', async () => {
    value(await bob!.profiles.publish(bytes('Bob')));
    const { password, opaque } = await optionsAt(home);
    value(await bob!.account.deleteUser({ password, opaque }));
    expect(await read(alice!, bob!)).toBeUndefined();
  });
});
