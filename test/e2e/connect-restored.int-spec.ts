import { MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { offersTo } from './acquaintances.js';
import { optionsAt, person, value } from './people.js';

/** What a backup has: everything, as it was then. */
async function copyOf(store: MemoryClientStore): Promise<MemoryClientStore> {
  const copy = new MemoryClientStore();
  const keys = await store.keys('');
  await copy.write(await Promise.all(keys.map(async (key) => ({ key, value: await store.get(key) }))));
  return copy;
}

describe('a client whose store is a copy from before its offers were read', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  it('is told that offers are missing, and is found again once it takes its alias anew', async () => {
    const store = new MemoryClientStore();
    const bob = await person(home, { store });
    value(await bob.aliases.register('twice.born', 3));
    const backup = await copyOf(store);
    const offer = async () => {
      const somebody = await person(home);
      value(await somebody.connections.connect('twice.born@localhost'));
      return somebody.userId;
    };
    for (let read = 0; read < 2; read++) {
      await offer();
      expect(await offersTo(bob)).toHaveLength(1);
    }
    await offer();
    await offer();
    const restored = value(await PhoenixClient.open(await optionsAt(home, { store: backup })));
    expect(await offersTo(restored)).toEqual([{ kind: 'offers-missed', alias: 'twice.born' }]);
    expect(await offersTo(restored)).toEqual([]);
    value(await restored.aliases.delete('twice.born'));
    value(await restored.aliases.register('twice.born', 3));
    const user = await offer();
    expect(await offersTo(restored)).toEqual([{ kind: 'connection-offered', user, alias: 'twice.born' }]);
  });
});
