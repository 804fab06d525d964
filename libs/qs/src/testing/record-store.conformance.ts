import { nodeCrypto } from '@phoenix/crypto';
import { formatUuid } from '@phoenix/wire';
import type { QueueHead } from '@phoenix/queue';
import { sampleQueue } from '@phoenix/queue/testing';
import { MONTH, sampleRecords } from './sample-records.js';
import type { QsStores } from './stores.js';

const crypto = nodeCrypto();
const plain = (bytes: Uint8Array | undefined): number[] => [...(bytes ?? [])];

/** What every RecordStore must hold to; run it in a `describe` of the adapter's spec, with a store key named. */
export function recordStoreConformance(make: () => Promise<QsStores>): void {
  let stores: QsStores;
  beforeAll(async () => {
    stores = await make();
  });

  type Records = ReturnType<typeof sampleRecords>;
  const create = (records: Records): Promise<'created' | 'taken'> =>
    stores.records.create(records, (storeKeyId) => sampleQueue(records.client.clientId, storeKeyId));
  const created = async (): Promise<Records> => {
    const records = sampleRecords();
    expect(await create(records)).toBe('created');
    return records;
  };
  const headOf = async ({ client }: Records): Promise<QueueHead | undefined> => {
    let found: QueueHead | undefined;
    const request = { receipts: [], clientIds: [formatUuid(client.clientId)], month: MONTH };
    await stores.queues.append(request, ({ heads }) => {
      [found] = heads.values();
      return [];
    });
    return found;
  };

  it('finds what it made', async () => {
    const { user, client } = await created();
    const found = await stores.records.findClient(client.clientId);
    expect(plain(found?.client.clientKey)).toEqual(plain(client.clientKey));
    expect(plain(found?.user.userKey)).toEqual(plain(user.userKey));
    const byUser = await stores.records.findUser(user.userId);
    expect(byUser?.clientIds.map(plain)).toEqual([plain(client.clientId)]);
    expect(await stores.records.findUser(crypto.random.uuid())).toBeUndefined();
    expect(await stores.records.findClient(crypto.random.uuid())).toBeUndefined();
  });

  it('makes nothing when one of the ids or the friendship hash is in use', async () => {
    const { user, client } = await created();
    const other = sampleRecords();
    const sameUser = {
      user: { ...other.user, userId: user.userId },
      client: { ...other.client, userId: user.userId },
    };
    const sameClient = { ...other, client: { ...other.client, clientId: client.clientId } };
    const sameToken = { ...other, user: { ...other.user, friendshipHash: user.friendshipHash } };
    for (const records of [sameUser, sameClient, sameToken]) expect(await create(records)).toBe('taken');
    expect(await stores.records.findUser(other.user.userId)).toBeUndefined();
    expect(await create(other)).toBe('created');
  });

  it('changes what it is told to and leaves the rest', async () => {
    const { user } = await created();
    const userKey = crypto.random.bytes(32);
    expect(await stores.records.updateUser(user.userId, { userKey })).toBe('updated');
    expect(await stores.records.updateUser(user.userId, {})).toBe('updated');
    const found = await stores.records.findUser(user.userId);
    expect(plain(found?.user.userKey)).toEqual(plain(userKey));
    expect(plain(found?.user.friendshipHash)).toEqual(plain(user.friendshipHash));
  });

  it('does not give a user the friendship hash of another', async () => {
    const [one, other] = [await created(), await created()];
    const { friendshipHash } = other.user;
    expect(await stores.records.updateUser(one.user.userId, { friendshipHash })).toBe('taken');
  });

  it('keeps replaced client keys, newest key first, each once', async () => {
    const records = await created();
    const { clientId, clientKey: first } = records.client;
    const second = crypto.random.bytes(32);
    for (const clientKey of [second, second, first, second]) {
      expect(await stores.records.updateClient(clientId, { clientKey }, 10)).toBe('updated');
    }
    const keys = await stores.records.findClientKeys([
      formatUuid(clientId),
      formatUuid(crypto.random.uuid()),
    ]);
    const own = keys.get(formatUuid(clientId)) ?? [];
    expect(keys.size).toBe(1);
    expect(plain(own[0])).toEqual(plain(second));
    expect(own.map(plain)).toContainEqual(plain(first));
  });

  it('refuses one former key too many and stays as it was', async () => {
    const { client } = await created();
    const next = crypto.random.bytes(32);
    await stores.records.updateClient(client.clientId, { clientKey: next }, 1);
    const refused = { clientKey: crypto.random.bytes(32), queueEncryptionKey: crypto.random.bytes(32) };
    const before = await stores.records.findQueueEncryptionKey(client.clientId);
    expect(await stores.records.updateClient(client.clientId, refused, 1)).toBe('too-many');
    const found = await stores.records.findClient(client.clientId);
    expect(plain(found?.client.clientKey)).toEqual(plain(next));
    expect(plain(await stores.records.findQueueEncryptionKey(client.clientId))).toEqual(plain(before));
  });

  it('makes an update due when the queue encryption key is another, and only then', async () => {
    const records = await created();
    const { clientId } = records.client;
    const same = (await headOf(records))?.encryptionKey as Uint8Array;
    await stores.records.updateClient(clientId, { queueEncryptionKey: same }, 10);
    expect((await headOf(records))?.updateDue).toBe(false);
    const queueEncryptionKey = crypto.random.bytes(32);
    await stores.records.updateClient(clientId, { queueEncryptionKey }, 10);
    expect((await headOf(records))?.updateDue).toBe(true);
    expect(plain((await headOf(records))?.encryptionKey)).toEqual(plain(queueEncryptionKey));
  });

  it('deletes everything of a user and nothing of others', async () => {
    const [records, other] = [await created(), await created()];
    const { clientId } = records.client;
    const packages = [{ ref: crypto.random.bytes(32), lastResort: true, encoded: crypto.random.bytes(9) }];
    await stores.packages.replaceAll(clientId, packages);
    await stores.records.deleteUser(records.user.userId);
    expect(await stores.records.findUser(records.user.userId)).toBeUndefined();
    expect(await stores.records.findClient(clientId)).toBeUndefined();
    expect(await stores.packages.takeOneEach(records.user.friendshipHash)).toBeUndefined();
    expect(await headOf(records)).toBeUndefined();
    const read = { clientId, from: 0n, max: 500, maxBytes: 1 << 20, month: MONTH };
    expect(await stores.queues.dequeue(read)).toEqual([]);
    expect(await headOf(other)).toBeDefined();
  });
}
