import { QueueReader } from '@phoenix/client';
import { nodeCrypto } from '@phoenix/crypto';
import type { QueueEntry } from '@phoenix/queue';
import {
  clientCredential,
  type ConnectionPackage,
  connectionPackageValidity,
  decode,
  formatClientId,
  leafValidity,
  MAX_SEALED_OFFER_BYTES,
  type Outcome,
  startOfMonth,
  signedConnectionPackage,
} from '@phoenix/wire';
import { MAX_CONNECTION_PACKAGES, OFFER_QUEUE_LIMITS } from '../domain/connection-limits.js';
import { ConnectableClient, signedAs } from '../testing/connection-people.js';
import { memoryConnectionStores } from '../testing/connection-stores.js';
import { aConnectionPackage, anOffer, signPackage } from '../testing/some-packages.js';
import { type TestConnections, testConnections } from '../testing/test-connections.js';

const crypto = nodeCrypto();
const refused = (code: string, details = {}) => ({ ok: false, refusal: { code, ...details } });
const broken = (rule: string) => refused('INVALID_KEY_PACKAGE', { rule: `as.connection-package.${rule}` });
const START_OF_ALL = { from: 0n, max: 500 };

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

describe('connecting to a user', () => {
  let as: TestConnections;
  let bob: ConnectableClient;

  beforeEach(async () => {
    as = await testConnections(memoryConnectionStores(crypto.random));
    bob = await ConnectableClient.register(as.stores, as.clock.now());
  });

  const published = (count?: number) =>
    as.publish.execute(bob.request, bob.publication(as.clock.now(), count));
  const take = async () => valueOf(await as.take.execute(bob.clientId.user.uuid));
  const offer = (bytes = anOffer(crypto, aConnectionPackage(crypto, as.clock.now()))) =>
    as.enqueue.execute(bob.clientId.uuid, bytes);
  const dequeue = async (page = START_OF_ALL) => valueOf(await as.dequeue.execute(bob.request, page));
  const readAll = (entries: readonly QueueEntry[]) => {
    let reader = QueueReader.create(crypto, bob.clientId.uuid, bob.queueKey.privateKey);
    return entries.map((entry) => {
      const step = reader.read(entry);
      reader = step.reader;
      return step.reading;
    });
  };

  it('takes a package with its signature and the current credential, and leaves an offer that its owner finds', async () => {
    expect(await published()).toEqual({ ok: true });
    const taken = await take();
    const { connectionPackage: content } = decode(signedConnectionPackage, taken.package);
    expect(decode(clientCredential, taken.credential).payload.clientId).toEqual(bob.clientId);
    expect(taken.package).toEqual(bob.sign(content));
    const sent = anOffer(crypto, content);
    as.clock.advance(5_000);
    expect(await offer(sent)).toEqual({ ok: true });
    const readings = readAll(await dequeue());
    expect(readings).toMatchObject([
      { kind: 'update' },
      { content: { type: 'connection_offer', timestamp: BigInt(as.clock.now()), payload: sent } },
    ]);
  });

  it('lets an owner refuse an offer without opening it: what is acknowledged is gone', async () => {
    await published();
    await offer();
    const last = (await dequeue()).at(-1)?.seq ?? 0n;
    await dequeue({ from: last + 1n, max: 0 });
    expect(await dequeue()).toEqual([]);
  });

  it('is read through new store keys and acknowledgements by the very ratchet of the QS', async () => {
    await published();
    const found: string[] = [];
    let reader = QueueReader.create(crypto, bob.clientId.uuid, bob.queueKey.privateKey);
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 3; i++) await offer();
      await as.rotateStoreKey.execute();
      for (const entry of await dequeue({ from: reader.nextSeq, max: 500 })) {
        const step = reader.read(entry);
        reader = step.reader;
        found.push(step.reading.kind);
      }
      await dequeue({ from: reader.nextSeq, max: 0 });
    }
    const offers = ['content', 'content', 'content'];
    expect(found).toEqual(Array.from({ length: 4 }, () => ['update', ...offers]).flat());
  });

  it('holds so many offers for one recipient; past that senders notice nothing and the owner finds a gap', async () => {
    await published();
    for (let i = 0; i < OFFER_QUEUE_LIMITS.entries + 20; i++) expect(await offer()).toEqual({ ok: true });
    const first = await dequeue();
    const entries = [...first, ...(await dequeue({ from: (first.at(-1)?.seq ?? 0n) + 1n, max: 500 }))];
    const kinds = readAll([...first, ...entries.slice(first.length)]).map((reading) =>
      reading.kind === 'content' ? reading.content.type : reading.kind,
    );
    expect(kinds.filter((kind) => kind === 'gap')).toHaveLength(1);
    expect(kinds.at(-1)).toBe('gap');
    expect(kinds.length).toBeLessThanOrEqual(OFFER_QUEUE_LIMITS.entries + 2);
    await dequeue({ from: (entries.at(-1)?.seq ?? 0n) + 1n, max: 0 });
    expect(await offer()).toEqual({ ok: true });
    expect((await dequeue()).map(({ kind }) => kind)).toEqual(['update', 'message']);
  });

  it('answers NOT_FOUND for whom it does not know and for whom has published nothing', async () => {
    const unknown = crypto.random.uuid();
    expect(await as.take.execute(unknown)).toEqual(refused('NOT_FOUND'));
    expect(await as.take.execute(bob.clientId.user.uuid)).toEqual(refused('NOT_FOUND'));
    const bytes = anOffer(crypto, aConnectionPackage(crypto, as.clock.now()));
    expect(await as.enqueue.execute(unknown, bytes)).toEqual(refused('NOT_FOUND'));
    expect(await offer()).toEqual(refused('NOT_FOUND'));
  });

  it('takes no offer that is none, or is too long', async () => {
    await published();
    const to = aConnectionPackage(crypto, as.clock.now());
    expect(await offer(crypto.random.bytes(20))).toEqual(refused('BAD_REQUEST'));
    expect(await offer(anOffer(crypto, to, MAX_SEALED_OFFER_BYTES))).toEqual({ ok: true });
    expect(await offer(anOffer(crypto, to, MAX_SEALED_OFFER_BYTES + 1))).toEqual(refused('LIMIT_EXCEEDED'));
  });

  it('gives a queue to its own client alone', async () => {
    await published();
    await offer();
    const mallory = await ConnectableClient.register(as.stores, as.clock.now());
    const name = formatClientId(bob.clientId);
    const forged = signedAs({ kind: 'client', name }, mallory.keys.publicKey);
    expect(await as.dequeue.execute(forged, START_OF_ALL)).toEqual(refused('SIGNATURE_INVALID'));
    expect(valueOf(await as.dequeue.execute(mallory.request, START_OF_ALL))).toEqual([]);
    const negative = await as.dequeue.execute(bob.request, { from: 0n, max: -1 });
    const beyond = await as.dequeue.execute(bob.request, { from: 1n << 63n, max: 1 });
    expect([negative, beyond]).toEqual([refused('BAD_REQUEST'), refused('BAD_REQUEST')]);
  });

  it('gives a client’s first key to its queue and a later one to the next update', async () => {
    await published();
    const next = crypto.hpke.generateKeyPair();
    const { packages } = bob.publication(as.clock.now());
    await as.publish.execute(bob.request, { packages, queueEncryptionKey: next.publicKey });
    await offer();
    const [, update, message] = await dequeue();
    const id = bob.clientId.uuid;
    const entries = await dequeue();
    const reader = QueueReader.create(crypto, id, bob.queueKey.privateKey).read(entries[0]!).reader;
    expect([update?.kind, message?.kind]).toEqual(['update', 'message']);
    expect(reader.read(update!).reading.kind).toBe('lost');
  });

  describe('refuses a publication', () => {
    const publishing = (...packages: Uint8Array[]) =>
      as.publish.execute(bob.request, { queueEncryptionKey: bob.queueKey.publicKey, packages });
    const lastResort = () => aConnectionPackage(crypto, as.clock.now(), { lastResort: true });
    const changed = (changes: Partial<ConnectionPackage>) =>
      publishing(bob.sign({ ...lastResort(), ...changes }));

    it('whose packages are none', async () => {
      expect(await publishing(crypto.random.bytes(100))).toEqual(broken('encoding'));
    });

    it('whose lifetime stands out or has ended', async () => {
      const now = as.clock.now();
      const lifetimes = [leafValidity(now), connectionPackageValidity(startOfMonth(now, -4))];
      for (const lifetime of lifetimes) expect(await changed({ lifetime })).toEqual(broken('lifetime'));
    });

    it('that is signed for another client, or in a request that another key signed', async () => {
      const mallory = await ConnectableClient.register(as.stores, as.clock.now());
      const content = lastResort();
      const otherClient = signPackage(crypto, mallory.clientId, bob.keys, content);
      expect(await publishing(otherClient)).toEqual(broken('signature'));
      const request = signedAs(bob.request.keyId, mallory.keys.publicKey);
      expect(await as.publish.execute(request, bob.publication(as.clock.now()))).toEqual(
        refused('SIGNATURE_INVALID'),
      );
    });

    it('that has nothing in it, is too long or has no key for its queue', async () => {
      expect(await publishing()).toEqual(broken('last-resort'));
      expect(await published(MAX_CONNECTION_PACKAGES)).toEqual({ ok: true });
      expect(await published(MAX_CONNECTION_PACKAGES + 1)).toEqual(refused('LIMIT_EXCEEDED'));
      const { packages } = bob.publication(as.clock.now());
      const keyless = { packages, queueEncryptionKey: new Uint8Array(32) };
      expect(await as.publish.execute(bob.request, keyless)).toEqual(refused('BAD_REQUEST'));
    });

    it('and leaves what was published before', async () => {
      await published(2);
      await changed({ lastResort: false });
      const hashes = new Set([(await take()).package, (await take()).package].map((bytes) => bytes.join()));
      expect(hashes.size).toBe(2);
    });
  });

  it('lets go of a user after twelve whole months away, and not of one who came for offers meanwhile', async () => {
    const carol = await ConnectableClient.register(as.stores, as.clock.now());
    await published();
    await as.publish.execute(carol.request, carol.publication(as.clock.now()));
    as.clock.advance(startOfMonth(as.clock.now(), 6) - as.clock.now());
    await as.dequeue.execute(carol.request, START_OF_ALL);
    as.clock.advance(startOfMonth(as.clock.now(), 6) - as.clock.now());
    await as.expireIdle.execute();
    expect((await as.dequeue.execute(bob.request, START_OF_ALL)).ok).toBe(true);
    as.clock.advance(startOfMonth(as.clock.now(), 13) - as.clock.now());
    await as.dequeue.execute(bob.request, START_OF_ALL);
    await as.expireIdle.execute();
    expect((await as.dequeue.execute(bob.request, START_OF_ALL)).ok).toBe(true);
    const gone = await as.dequeue.execute(carol.request, START_OF_ALL);
    expect(gone).toEqual(refused('SIGNATURE_INVALID'));
  });

  it('lets go of offers that nobody came for in three whole months, not of the updates before later ones', async () => {
    await published();
    await offer();
    as.clock.advance(startOfMonth(as.clock.now(), 3) - as.clock.now());
    await as.expireOffers.execute();
    await offer();
    expect((await dequeue()).map(({ kind }) => kind)).toEqual(['update', 'message', 'message']);
    as.clock.advance(startOfMonth(as.clock.now(), 1) - as.clock.now());
    await as.expireOffers.execute();
    expect((await dequeue()).map(({ kind }) => kind)).toEqual(['update', 'message']);
  });
});
