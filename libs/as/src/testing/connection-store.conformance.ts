import { nodeCrypto } from '@phoenix/crypto';
import type { QueueHead } from '@phoenix/queue';
import type { ClientId } from '@phoenix/wire';
import type { ConnectionStores } from './connection-stores.js';
import { addClient, aPublication, LAST_MONTH, MONTH, publish, somePackages } from './sample-connections.js';

const crypto = nodeCrypto();
const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

/** What every ConnectionStore must hold to; `make` answers fresh stores whose store key is named. */
export function connectionStoreConformance(make: () => Promise<ConnectionStores>): void {
  const take = async (
    { connections }: ConnectionStores,
    { user }: ClientId,
    month = MONTH,
  ): Promise<string> => hex((await connections.take(user.uuid, month))?.package);
  const headOf = async (stores: ConnectionStores, client: ClientId): Promise<QueueHead | undefined> => {
    let found: QueueHead | undefined;
    await stores.directQueues.append(client.uuid, MONTH, (head) => void (found = head));
    return found;
  };

  it('gives each one-time package once, with the credential, and then the last resort for ever', async () => {
    const stores = await make();
    const client = await addClient(stores);
    const packages = somePackages(3);
    expect(await publish(stores, aPublication(client, { packages }))).toBe('published');
    const [lastResort, ...once] = packages.map(({ encoded }) => hex(encoded));
    const credential = await stores.accounts.credential(client);
    expect(hex((await stores.connections.take(client.user.uuid, MONTH))?.credential)).toBe(hex(credential));
    const others = [await take(stores, client), await take(stores, client), await take(stores, client)];
    expect(once).toContain(others[0]);
    expect(others.slice(1)).toEqual([lastResort, lastResort]);
  });

  it('never gives one package to two of fifty takers at once', async () => {
    const stores = await make();
    const client = await addClient(stores);
    const packages = somePackages(41);
    await publish(stores, aPublication(client, { packages }));
    const taken = await Promise.all(Array.from({ length: 50 }, () => take(stores, client)));
    const [lastResort, ...once] = packages.map(({ encoded }) => hex(encoded));
    expect(taken.filter((each) => each !== lastResort).sort()).toEqual(once.sort());
  });

  it('replaces all that a client had published, and nothing of others', async () => {
    const stores = await make();
    const [client, other] = [await addClient(stores), await addClient(stores)];
    await publish(stores, aPublication(client));
    await publish(stores, aPublication(other));
    const packages = somePackages(1);
    await publish(stores, aPublication(client, { packages }));
    expect(await take(stores, client)).toBe(hex(packages[0]?.encoded));
    expect(await take(stores, other)).not.toBe('');
  });

  it('gives nothing that has ended, and nothing of a user that is not there or has published nothing', async () => {
    const stores = await make();
    const client = await addClient(stores);
    expect(await take(stores, client)).toBe('');
    await publish(stores, aPublication(client, { packages: somePackages(3, MONTH) }));
    expect(await take(stores, client, MONTH + 1)).toBe('');
    expect(await stores.connections.take(crypto.random.uuid(), MONTH)).toBeUndefined();
  });

  it('makes a queue with the first publication, keeps it, and notes a new key for it', async () => {
    const stores = await make();
    const client = await addClient(stores);
    expect(await headOf(stores, client)).toBeUndefined();
    const first = aPublication(client);
    await publish(stores, first);
    await publish(stores, first);
    expect(await headOf(stores, client)).toMatchObject({ entries: 1, updateDue: false });
    const queueEncryptionKey = crypto.random.bytes(32);
    await publish(stores, { ...first, queueEncryptionKey });
    const head = await headOf(stores, client);
    expect(head).toMatchObject({ entries: 1, updateDue: true });
    expect(hex(head?.encryptionKey)).toBe(hex(queueEncryptionKey));
  });

  it('publishes nothing for a client that is not there, nor beside another user’s queue', async () => {
    const stores = await make();
    const client = await addClient(stores);
    const gone = { user: { ...client.user, uuid: crypto.random.uuid() }, uuid: crypto.random.uuid() };
    expect(await publish(stores, aPublication(gone))).toBe('gone');
    await publish(stores, aPublication(client));
    const namesake = await addClient(stores, client.uuid);
    expect(await publish(stores, aPublication(namesake))).toBe('taken');
    expect(await take(stores, namesake)).toBe('');
  });

  it('lets go of users that stayed away, with all that was theirs, once their credentials have ended', async () => {
    const stores = await make();
    const [away, here] = [await addClient(stores), await addClient(stores)];
    await publish(stores, aPublication(away, { packages: somePackages(2, MONTH + 99) }));
    await publish(stores, aPublication(here, { packages: somePackages(2, MONTH + 99) }));
    await stores.connections.markActive(here, MONTH + 1);
    expect(await stores.connections.expire(MONTH + 1, LAST_MONTH)).toBe(0);
    expect(await stores.connections.expire(MONTH + 1, LAST_MONTH + 1)).toBe(1);
    expect([await take(stores, away), await headOf(stores, away)]).toEqual(['', undefined]);
    expect(await stores.accounts.credential(away)).toBeUndefined();
    expect(await stores.accounts.credential(here)).toBeDefined();
    expect(await take(stores, here)).not.toBe('');
  });

  it('counts a client that nobody has seen from when it first looks', async () => {
    const stores = await make();
    const client = await addClient(stores);
    const first = LAST_MONTH + 1;
    expect(await stores.connections.expire(first - 12, first)).toBe(0);
    expect(await stores.connections.expire(first, first + 12)).toBe(0);
    expect(await stores.accounts.credential(client)).toBeDefined();
    expect(await stores.connections.expire(first + 1, first + 13)).toBe(1);
    expect(await stores.accounts.credential(client)).toBeUndefined();
  });
}
