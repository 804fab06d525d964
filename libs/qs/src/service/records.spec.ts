import { nodeCrypto } from '@phoenix/crypto';
import type { Outcome } from '@phoenix/wire';
import { memoryStores, QsClient, signedBy, TestQs } from '../testing/index.js';

const crypto = nodeCrypto();
const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'done' : outcome.refusal.code);

describe('the records of the QS', () => {
  let qs: TestQs;
  beforeEach(async () => {
    qs = await TestQs.start(memoryStores(crypto));
  });

  it('are made once, and the same request again is a success', async () => {
    const client = await qs.register();
    const create = qs.createUserRecord;
    expect(codeOf(await create.execute(client.asUser, client.creation))).toBe('done');
    const found = await qs.findUserRecord.execute(client.asUser, client.userId);
    expect(found).toEqual({ ok: true, value: [client.clientId] });
  });

  it('are not given to another who asks for the same ids or the same friendship token', async () => {
    const client = await qs.register();
    const create = qs.createUserRecord;
    const other = new QsClient();
    const sameToken = { ...other.creation, friendshipToken: client.friendshipToken };
    expect(codeOf(await create.execute(other.asUser, sameToken))).toBe('ALREADY_EXISTS');
    const otherKey = { ...client.creation, queueEncryptionKey: other.queueKey.publicKey };
    expect(codeOf(await create.execute(client.asUser, otherKey))).toBe('ALREADY_EXISTS');
  });

  it('are not made for a client key whose holder has not agreed, nor under a key used twice or no key at all', async () => {
    const client = new QsClient();
    const create = qs.createUserRecord;
    const stolen = { ...client.creation, clientKey: new QsClient().clientKey.publicKey };
    expect(codeOf(await create.execute(client.asUser, stolen))).toBe('SIGNATURE_INVALID');
    const twice = { ...client.creation, clientKey: client.userKey.publicKey };
    expect(codeOf(await create.execute(client.asUser, twice))).toBe('BAD_REQUEST');
    const none = { ...client.creation, queueEncryptionKey: new Uint8Array(32) };
    expect(codeOf(await create.execute(client.asUser, none))).toBe('BAD_REQUEST');
  });

  it('refuse who is unknown just as who signs with a wrong key', async () => {
    const [client, stranger] = [await qs.register(), new QsClient()];
    const forged = signedBy('qs-user', client.userId, stranger.userKey.publicKey);
    expect(codeOf(await qs.findUserRecord.execute(forged, client.userId))).toBe('SIGNATURE_INVALID');
    expect(codeOf(await qs.findUserRecord.execute(stranger.asUser, stranger.userId))).toBe(
      'SIGNATURE_INVALID',
    );
    expect(codeOf(await qs.findUserRecord.execute(stranger.asUser, client.userId))).toBe('SIGNATURE_INVALID');
    const read = { clientId: client.clientId, from: 0n, max: 1 };
    expect(codeOf(await qs.dequeueMessages.execute(stranger.asClient, read))).toBe('SIGNATURE_INVALID');
    expect(codeOf(await qs.dequeueMessages.execute(client.asUser, read))).toBe('SIGNATURE_INVALID');
  });

  it('take a new user key and friendship token, and the old ones are worth nothing', async () => {
    const client = await qs.register();
    const next = crypto.signer.generateKeyPair().publicKey;
    const token = crypto.random.bytes(32);
    const input = { userId: client.userId, userKey: next, friendshipToken: token };
    expect(codeOf(await qs.updateUserRecord.execute(client.asUser, input))).toBe('done');
    expect(codeOf(await qs.findUserRecord.execute(client.asUser, client.userId))).toBe('SIGNATURE_INVALID');
    expect(
      codeOf(await qs.findUserRecord.execute(signedBy('qs-user', client.userId, next), client.userId)),
    ).toBe('done');
    expect(codeOf(await qs.takeAddPackages.execute(client.friendshipToken))).toBe('NOT_FOUND');
    expect(codeOf(await qs.takeAddPackages.execute(token))).toBe('done');
  });

  it('keep a replaced client key valid for the queue configs it signed, and for nothing else', async () => {
    const client = await qs.register();
    const [config] = qs.configsOf([client]) as [Uint8Array];
    const { asClient } = client;
    const next = crypto.signer.generateKeyPair();
    const input = {
      clientId: client.clientId,
      clientKey: next.publicKey,
      clientKeyProof: client.proofFor(next),
    };
    expect(
      codeOf(await qs.updateClientRecord.execute(asClient, { ...input, clientKeyProof: new Uint8Array(64) })),
    ).toBe('SIGNATURE_INVALID');
    expect(codeOf(await qs.updateClientRecord.execute(asClient, input))).toBe('done');
    expect(codeOf(await qs.updateClientRecord.execute(asClient, input))).toBe('SIGNATURE_INVALID');
    client.clientKey = next;
    await qs.send([config], Buffer.from('hello'));
    expect((await qs.dequeue(client)).map(({ kind }) => kind)).toEqual(['update', 'message']);
  });

  it('are deleted with all that belongs to them', async () => {
    const client = await qs.register();
    const configs = qs.configsOf([client]);
    await qs.send(configs, Buffer.from('hello'));
    expect(codeOf(await qs.deleteUserRecord.execute(client.asUser, client.userId))).toBe('done');
    expect(codeOf(await qs.findUserRecord.execute(client.asUser, client.userId))).toBe('SIGNATURE_INVALID');
    await qs.send(configs, Buffer.from('nobody is there, and nobody is told'));
  });
});

describe('dequeuing', () => {
  it('takes no negative number of entries and no seq that cannot be', async () => {
    const qs = await TestQs.start(memoryStores(crypto));
    const client = await qs.register();
    const { clientId } = client;
    for (const wrong of [
      { from: 0n, max: -1 },
      { from: 1n << 63n, max: 1 },
    ]) {
      const outcome = await qs.dequeueMessages.execute(client.asClient, { clientId, ...wrong });
      expect(codeOf(outcome)).toBe('BAD_REQUEST');
    }
  });

  it('answers no more than 500 entries, whatever is asked for', async () => {
    const qs = await TestQs.start(memoryStores(crypto));
    const client = await qs.register();
    const configs = qs.configsOf([client]);
    for (let i = 0; i < 510; i++) await qs.send(configs, Buffer.from('x'));
    expect(await qs.dequeue(client, 0n, 10_000)).toHaveLength(500);
  });
});

describe('a fan-out', () => {
  it('passes over what is no queue config of ours, or vouched for by nobody, and goes once to each queue', async () => {
    const qs = await TestQs.start(memoryStores(crypto));
    const [client, stranger] = [await qs.register(), new QsClient()];
    const forged = stranger.sealConfig(qs.address, { clientId: client.clientId });
    const foreign = client.sealConfig({ ...qs.address, domain: 'example.org' });
    const configs = [crypto.random.bytes(200), forged, foreign, ...qs.configsOf([client, client])];
    await qs.send(configs, Buffer.from('hello'));
    await qs.send([forged, foreign], Buffer.from('to nobody'));
    expect((await qs.dequeue(client)).map(({ kind }) => kind)).toEqual(['update', 'message']);
  });
});
