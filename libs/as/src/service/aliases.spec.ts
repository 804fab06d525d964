import { QueueReader } from '@phoenix/client';
import { nodeCrypto } from '@phoenix/crypto';
import {
  connectionPackage,
  decode,
  encode,
  type Outcome,
  signedConnectionPackage,
  startOfMonth,
} from '@phoenix/wire';
import { AliasOwner, ConnectableClient, signedAs } from '../testing/connection-people.js';
import { memoryConnectionStores } from '../testing/connection-stores.js';
import { aConnectionPackage, anOffer } from '../testing/some-packages.js';
import { type TestConnections, testConnections } from '../testing/test-connections.js';

const crypto = nodeCrypto();
const refused = (code: string, details = {}) => ({ ok: false, refusal: { code, ...details } });
const DONE = { ok: true };
const ALL = { from: 0n, max: 500 };

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

describe('an alias', () => {
  let as: TestConnections;
  let ada: AliasOwner;

  beforeEach(async () => {
    as = await testConnections(memoryConnectionStores(crypto.random));
    ada = new AliasOwner('ada.l-99_x');
  });

  const register = (owner: AliasOwner, request = owner.request) =>
    as.registerAlias.execute(request, owner.record);
  const publish = (owner: AliasOwner) =>
    as.publishAlias.execute(owner.request, owner.publication(as.clock.now()));
  const anyOffer = () => anOffer(crypto, aConnectionPackage(crypto, as.clock.now()));
  const toMonth = (offset: number) => as.clock.advance(startOfMonth(as.clock.now(), offset) - as.clock.now());

  it('is registered, found, offered to, read, and released', async () => {
    expect(await register(ada)).toEqual(DONE);
    expect(await publish(ada)).toEqual(DONE);
    const taken = decode(connectionPackage, valueOf(await as.takeAlias.execute(ada.alias)));
    const offer = anOffer(crypto, taken);
    expect(await as.enqueueAlias.execute(ada.alias, offer)).toEqual(DONE);
    let reader = QueueReader.create(crypto, ada.queueId, ada.queueKey.privateKey);
    const readings = valueOf(await as.dequeueAlias.execute(ada.request, ada.alias, ALL)).map((entry) => {
      const step = reader.read(entry);
      reader = step.reader;
      return step.reading;
    });
    expect(readings).toMatchObject([
      { kind: 'update' },
      { content: { type: 'connection_offer', payload: offer } },
    ]);
    expect(await as.deleteAlias.execute(ada.request, ada.alias)).toEqual(DONE);
    expect(await as.takeAlias.execute(ada.alias)).toEqual(refused('NOT_FOUND'));
    expect(await as.enqueueAlias.execute(ada.alias, offer)).toEqual(refused('NOT_FOUND'));
  });

  it('is registered again by the same keys as if for the first time, and by no others', async () => {
    expect([await register(ada), await register(ada)]).toEqual([DONE, DONE]);
    expect(await register(new AliasOwner(ada.alias))).toEqual(refused('ALREADY_EXISTS'));
    const otherQueue = { ...ada.record, queueEncryptionKey: crypto.hpke.generateKeyPair().publicKey };
    const again = await as.registerAlias.execute(ada.request, otherQueue);
    expect(again).toEqual(refused('ALREADY_EXISTS'));
  });

  it('has one owner, of a hundred who want it at once', async () => {
    const all = Array.from({ length: 100 }, () => new AliasOwner(ada.alias));
    const answers = await Promise.all(all.map((owner) => register(owner)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it.each(['ab', 'a'.repeat(64), 'Ada', 'ada@example.com', 'ad a', 'ädä', ''])('is not %j', async (alias) => {
    const owner = new AliasOwner(alias);
    expect(await register(owner)).toEqual(refused('BAD_REQUEST'));
    expect(await as.takeAlias.execute(alias)).toEqual(refused('BAD_REQUEST'));
    expect(await as.enqueueAlias.execute(alias, anyOffer())).toEqual(refused('BAD_REQUEST'));
  });

  it('is made with keys that are keys', async () => {
    for (const record of [
      { ...ada.record, authKey: crypto.random.bytes(31) },
      { ...ada.record, queueEncryptionKey: new Uint8Array(32) },
    ])
      expect(await as.registerAlias.execute(ada.request, record)).toEqual(refused('BAD_REQUEST'));
  });

  it('obeys the alias’s own key: not another’s, not a client’s, not that of another alias', async () => {
    await register(ada);
    const other = new AliasOwner('other');
    await register(other);
    const client = await ConnectableClient.register(as.stores, as.clock.now());
    const foreign = [
      signedAs(ada.request.keyId, other.keys.publicKey),
      other.request,
      client.request,
      signedAs(client.request.keyId, ada.keys.publicKey),
    ];
    for (const request of foreign) {
      const answers = [
        await as.refreshAlias.execute(request, ada.alias),
        await as.deleteAlias.execute(request, ada.alias),
        await as.publishAlias.execute(request, ada.publication(as.clock.now())),
        await as.dequeueAlias.execute(request, ada.alias, ALL),
        await as.registerAlias.execute(request, ada.record),
      ];
      expect(answers).toEqual(answers.map(() => refused('SIGNATURE_INVALID')));
    }
  });

  it('takes packages without signature and nothing that would say whose they are', async () => {
    await register(ada);
    const client = await ConnectableClient.register(as.stores, as.clock.now());
    const signed = client.sign(aConnectionPackage(crypto, as.clock.now(), { lastResort: true }));
    const answer = await as.publishAlias.execute(ada.request, { alias: ada.alias, packages: [signed] });
    const rule = 'as.connection-package.encoding';
    expect(answer).toEqual(refused('INVALID_KEY_PACKAGE', { rule }));
    const bare = encode(connectionPackage, decode(signedConnectionPackage, signed).connectionPackage);
    const again = await as.publishAlias.execute(ada.request, { alias: ada.alias, packages: [bare] });
    expect(again).toEqual(DONE);
  });

  it('answers nobody with a package before one is published', async () => {
    await register(ada);
    expect(await as.takeAlias.execute(ada.alias)).toEqual(refused('NOT_FOUND'));
  });

  it('lives six whole months from the month in which it was registered or refreshed', async () => {
    await register(ada);
    toMonth(6);
    expect(await as.enqueueAlias.execute(ada.alias, anyOffer())).toEqual(DONE);
    expect(await as.refreshAlias.execute(ada.request, ada.alias)).toEqual(DONE);
    toMonth(6);
    await as.expireIdle.execute();
    expect(await as.enqueueAlias.execute(ada.alias, anyOffer())).toEqual(DONE);
    toMonth(1);
    expect(await as.enqueueAlias.execute(ada.alias, anyOffer())).toEqual(refused('NOT_FOUND'));
  });

  it('tells an owner who comes back too late that it is gone, and lets it be registered anew', async () => {
    await register(ada);
    toMonth(7);
    expect(await as.refreshAlias.execute(ada.request, ada.alias)).toEqual(refused('NOT_FOUND'));
    expect(await as.dequeueAlias.execute(ada.request, ada.alias, ALL)).toEqual(refused('NOT_FOUND'));
    const next = new AliasOwner(ada.alias);
    expect(await register(next)).toEqual(DONE);
    expect(await register(ada)).toEqual(refused('ALREADY_EXISTS'));
  });

  it('carries nothing over from one owner to the next, whether it was released or ran out', async () => {
    await register(ada);
    await publish(ada);
    await as.enqueueAlias.execute(ada.alias, anyOffer());
    await as.deleteAlias.execute(ada.request, ada.alias);
    const next = new AliasOwner(ada.alias);
    await register(next);
    expect(await as.takeAlias.execute(ada.alias)).toEqual(refused('NOT_FOUND'));
    const entries = valueOf(await as.dequeueAlias.execute(next.request, next.alias, ALL));
    expect(entries.map(({ kind }) => kind)).toEqual(['update']);
    const former = await as.dequeueAlias.execute(ada.request, ada.alias, ALL);
    expect(former).toEqual(refused('SIGNATURE_INVALID'));
  });

  it('bounds what it answers and is asked', async () => {
    await register(ada);
    const negative = await as.dequeueAlias.execute(ada.request, ada.alias, { from: 0n, max: -1 });
    expect(negative).toEqual(refused('BAD_REQUEST'));
    const tooLong = anOffer(crypto, aConnectionPackage(crypto, as.clock.now()), 5000);
    expect(await as.enqueueAlias.execute(ada.alias, tooLong)).toEqual(refused('LIMIT_EXCEEDED'));
  });
});
