import { nodeCrypto } from '@phoenix/crypto';
import { MemoryKeyVault, TestClock } from '@phoenix/crypto/testing';
import { createEdge, OperationList } from '@phoenix/edge';
import { type EdgeAnswer, EdgeCaller, type TestKey } from '@phoenix/edge/testing';
import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import { formatBase64Url, formatClientId, formatUuid } from '@phoenix/wire';
import { AsModule } from './as.module.js';
import { RegistrationStore } from './ports/registration-store.js';
import { AliasOwner, ConnectableClient } from './testing/connection-people.js';
import type { ConnectionStores } from './testing/connection-stores.js';
import { aConnectionPackage, anOffer } from './testing/some-packages.js';

const crypto = nodeCrypto();
const clock = new TestClock(Date.UTC(2026, 3, 15, 12));
const text = formatBase64Url;

const DEQUEUED = '{ entries { seq kind body } }';
const OPERATIONS = {
  registerAlias: ['RegisterAliasInput', '{ acknowledged }'],
  deleteAlias: ['AliasInput', '{ acknowledged }'],
  publishAliasPackages: ['PublishAliasPackagesInput', '{ acknowledged }'],
  takeAliasPackage: ['AliasInput', '{ package }'],
  enqueueAliasOffer: ['EnqueueAliasOfferInput', '{ acknowledged }'],
  dequeueAliasOffers: ['DequeueAliasOffersInput', DEQUEUED],
  publishConnectionPackages: ['PublishConnectionPackagesInput', '{ acknowledged }'],
  takeConnectionPackage: ['TakeConnectionPackageInput', '{ package credential }'],
  enqueueConnectionOffer: ['EnqueueConnectionOfferInput', '{ acknowledged }'],
  dequeueConnectionOffers: ['DequeueConnectionOffersInput', DEQUEUED],
} as const;

type App = Awaited<ReturnType<typeof createEdge>>;

describe('connecting, over HTTP and on Postgres', () => {
  let database: TestDatabase;
  let app: App;
  let caller: EdgeCaller;

  beforeAll(async () => {
    database = await createTestDatabase();
    const root = AsModule.forRoot({
      domain: 'example.com',
      databaseUrl: database.url,
      clock,
      crypto,
      vault: new MemoryKeyVault(crypto),
      jobs: { declare: () => undefined },
    });
    const authority = 'as.example.com';
    app = await createEdge(root, { authority, clock, crypto, log: () => undefined, tokens: 'off' });
    caller = new EdgeCaller({ app, authority, crypto, clock });
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const call = (name: keyof typeof OPERATIONS, input: object, key?: TestKey): Promise<EdgeAnswer> => {
    const [type, selection] = OPERATIONS[name];
    return caller.call(`mutation ($input: ${type}!) { ${name}(input: $input) ${selection} }`, { input }, key);
  };
  const aliasKey = ({ alias, keys }: AliasOwner): TestKey => ({
    keyId: { kind: 'alias', name: alias },
    privateKey: keys.privateKey,
  });
  const clientKey = ({ clientId, keys }: ConnectableClient): TestKey => ({
    keyId: { kind: 'client', name: formatClientId(clientId) },
    privateKey: keys.privateKey,
  });
  const register = ({ alias, keys, queueKey }: AliasOwner, key?: TestKey): Promise<EdgeAnswer> => {
    const [authKey, queueEncryptionKey] = [text(keys.publicKey), text(queueKey.publicKey)];
    return call('registerAlias', { alias, authKey, queueEncryptionKey }, key);
  };
  const newClient = (): Promise<ConnectableClient> => {
    const registration = app.get(RegistrationStore, { strict: false });
    return ConnectableClient.register({ registration } as ConnectionStores, clock.now());
  };
  const offer = () => text(anOffer(crypto, aConnectionPackage(crypto, clock.now())));

  it('leads from a user id to an offer in its client’s queue', async () => {
    const bob = await newClient();
    const { queueEncryptionKey, packages } = bob.publication(clock.now());
    const publication = { queueEncryptionKey: text(queueEncryptionKey), packages: packages.map(text) };
    expect((await call('publishConnectionPackages', publication, clientKey(bob))).codes).toEqual([]);
    const taken = await call('takeConnectionPackage', { userId: formatUuid(bob.clientId.user.uuid) });
    expect(packages.map(text)).toContain(
      (taken.data?.['takeConnectionPackage'] as { package: string }).package,
    );
    const sent = { clientId: formatUuid(bob.clientId.uuid), offer: offer() };
    expect((await call('enqueueConnectionOffer', sent)).codes).toEqual([]);
    const page = { from: '0', max: 9 };
    const { data } = await call('dequeueConnectionOffers', page, clientKey(bob));
    const entries = { entries: [{ kind: 'UPDATE' }, { kind: 'MESSAGE' }] };
    expect(data).toMatchObject({ dequeueConnectionOffers: entries });
  });

  it('leads from an alias to an offer in its queue, and nowhere once it was released', async () => {
    const ada = new AliasOwner('ada');
    expect((await register(ada, aliasKey(ada))).codes).toEqual([]);
    const { alias, packages } = ada.publication(clock.now());
    const publication = { alias, packages: packages.map(text) };
    expect((await call('publishAliasPackages', publication, aliasKey(ada))).codes).toEqual([]);
    const taken = await call('takeAliasPackage', { alias });
    expect(packages.map(text)).toContain((taken.data?.['takeAliasPackage'] as { package: string }).package);
    expect((await call('enqueueAliasOffer', { alias, offer: offer() })).codes).toEqual([]);
    const { data } = await call('dequeueAliasOffers', { alias, from: '0', max: 9 }, aliasKey(ada));
    const entries = { entries: [{ kind: 'UPDATE' }, { kind: 'MESSAGE' }] };
    expect(data).toMatchObject({ dequeueAliasOffers: entries });
    expect((await call('deleteAlias', { alias }, aliasKey(ada))).codes).toEqual([]);
    expect((await call('takeAliasPackage', { alias })).codes).toEqual(['NOT_FOUND']);
  });

  it('demands of each operation the key and the token of the protocol', () => {
    const demands = app.get(OperationList, { strict: false }).all();
    const mine = demands.filter(({ name }) => name in OPERATIONS || name === 'refreshAlias');
    expect(
      mine.map(({ name, demand }) => `${name}: ${demand.signedBy ?? '-'} ${demand.token ?? '-'}`),
    ).toEqual([
      'deleteAlias: alias as',
      'dequeueAliasOffers: alias -',
      'dequeueConnectionOffers: client -',
      'enqueueAliasOffer: - as',
      'enqueueConnectionOffer: - as',
      'publishAliasPackages: alias as',
      'publishConnectionPackages: client as',
      'refreshAlias: alias as',
      'registerAlias: alias as-create',
      'takeAliasPackage: - as',
      'takeConnectionPackage: - as',
    ]);
  });

  it('registers an alias for one of a hundred who race for it', async () => {
    const all = Array.from({ length: 100 }, () => new AliasOwner('sought-after'));
    const answers = await Promise.all(all.map((owner) => register(owner, aliasKey(owner))));
    const codes = answers.flatMap((answer) => answer.codes);
    expect(codes).toEqual(Array.from({ length: 99 }, () => 'ALREADY_EXISTS'));
  });

  it('never takes a client’s signature with an alias, nor any signature where nobody is to be known', async () => {
    const [ada, bob] = [new AliasOwner('ada-two'), await newClient()];
    expect((await register(ada)).codes).toEqual(['SIGNATURE_REQUIRED']);
    expect((await register(ada, clientKey(bob))).codes).toEqual(['SIGNATURE_INVALID']);
    expect((await register(ada, aliasKey(ada))).codes).toEqual([]);
    for (const key of [clientKey(bob), aliasKey(ada)]) {
      expect((await call('takeAliasPackage', { alias: ada.alias }, key)).codes).toEqual([
        'SIGNATURE_INVALID',
      ]);
      const sent = { alias: ada.alias, offer: offer() };
      expect((await call('enqueueAliasOffer', sent, key)).codes).toEqual(['SIGNATURE_INVALID']);
    }
  });
});
