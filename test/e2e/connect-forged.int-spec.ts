import { MemoryClientStore } from '@phoenix/client';
import { nodeCrypto } from '@phoenix/crypto';
import { inspectStore } from '@phoenix/client/testing';
import { pad, utf8 } from '@phoenix/wire';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { offersTo } from './acquaintances.js';
import { altered, meddlingFetch } from './meddling-fetch.js';
import { type Forgery, forgingLine, sealBytes, sealTo } from './offer-forger.js';
import { news, person, value } from './people.js';

const crypto = nodeCrypto();
const other = crypto.signer.generateKeyPair().privateKey;
const box = crypto.hpke.generateKeyPair().publicKey;
const drawn = () => crypto.random.bytes(32);

type Forge = (forgery: Forgery) => Uint8Array;

/** What does not open is nobody's; what opens is refused by its rule. */
const FORGERIES: readonly (readonly [name: string, rule: string | undefined, forge: Forge])[] = [
  ['is sealed to a key of nobody’s', undefined, (f) => sealTo(f, f.tbs, f.key, { to: box })],
  ['names a package that there is not', undefined, (f) => sealTo(f, f.tbs, f.key, { hash: drawn() })],
  ['is sealed in another context', undefined, (f) => sealTo(f, f.tbs, f.key, { context: drawn() })],
  ['is no offer', 'client.offer.decode', (f) => sealBytes(f.crypto, f.taken, pad(utf8('hello')))],
  ['is not padded', 'client.offer.decode', (f) => sealBytes(f.crypto, f.taken, utf8('hello'))],
  [
    'was made for another package',
    'client.offer.package',
    (f) => sealTo(f, { ...f.tbs, packageHash: drawn() }, f.key),
  ],
  ['is signed by another key', 'client.offer.signature', (f) => sealTo(f, f.tbs, other)],
  [
    'is under a credential that the AS has not signed',
    'client.credential.signature',
    ({ tbs, ...f }) => {
      const signature = new Uint8Array(64);
      return sealTo({ ...f, tbs }, { ...tbs, credential: { ...tbs.credential, signature } }, f.key);
    },
  ],
  [
    'is for a group of another home domain',
    'client.offer.group',
    (f) => sealTo(f, { ...f.tbs, groupId: { ...f.tbs.groupId, domain: 'elsewhere.example' } }, f.key),
  ],
];

describe('an offer that does not hold', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  async function cast() {
    const store = new MemoryClientStore();
    const line = forgingLine(crypto, () => inspectStore(store));
    const aliceStore = new MemoryClientStore();
    const alice = await person(home, { store: aliceStore });
    const mallory = await person(home, { store, fetch: line.fetch });
    value(await alice.connections.publishPackages(3));
    return { alice, aliceStore, mallory, ...line };
  }

  it.each(FORGERIES)('because it %s is dropped, and the next honest one is taken', async (_, rule, forge) => {
    const { alice, mallory, forgeWith } = await cast();
    forgeWith(forge);
    const group = value(await mallory.connections.connect(alice.userId));
    const said = await offersTo(alice);
    expect(said).toMatchObject(rule === undefined ? [] : [{ kind: 'offer-refused', rule }]);
    expect(value(await alice.connections.offers())).toEqual([]);
    forgeWith(undefined);
    value(await mallory.deleteGroup(group));
    value(await mallory.connections.connect(alice.userId));
    expect(await offersTo(alice)).toMatchObject([{ kind: 'connection-offered', user: mallory.userId }]);
    value(await alice.connections.accept(mallory.userId));
  });

  it('because it is of ourselves, or of a group that we are in, is dropped', async () => {
    const { alice, aliceStore, mallory, forgeWith } = await cast();
    const own = await inspectStore(aliceStore);
    const { credential, credentialKey } = own.account;
    forgeWith((f) => sealTo(f, { ...f.tbs, credential }, credentialKey));
    value(await mallory.connections.connect(alice.userId));
    expect(await offersTo(alice)).toMatchObject([{ rule: 'client.connect.self', user: alice.userId }]);
    value(await alice.createGroup());
    const { id } = (await inspectStore(aliceStore)).groups[0]!;
    value(await mallory.deleteGroup(value(await mallory.groups())[0]!.name));
    forgeWith((f) => sealTo(f, { ...f.tbs, groupId: id }, f.key));
    value(await mallory.connections.connect(alice.userId));
    expect(await offersTo(alice)).toMatchObject([{ rule: 'client.offer.group', user: mallory.userId }]);
  });

  it('because its keys open nothing is found out on accepting, and forgotten', async () => {
    const { alice, mallory, forgeWith } = await cast();
    forgeWith((f) =>
      sealTo(f, { ...f.tbs, groupKeys: { ...f.tbs.groupKeys, credentialKey: drawn() } }, f.key),
    );
    value(await mallory.connections.connect(alice.userId));
    await offersTo(alice);
    expect(await alice.connections.accept(mallory.userId)).toMatchObject({
      refusal: { code: 'INVALID_CREDENTIAL', rule: 'client.key-set.open' },
    });
    expect(value(await alice.connections.offers())).toEqual([]);
    expect(value(await alice.groups())).toEqual([]);
    expect(await news(mallory)).toEqual([]);
  });

  it('because its group is somebody else’s is found out on accepting', async () => {
    const { alice, mallory, forgeWith } = await cast();
    const victim = new MemoryClientStore();
    const carol = await person(home, { store: victim });
    value(await carol.createConnectionGroup(alice.userId));
    const { id, keys } = (await inspectStore(victim)).groups[0]!;
    forgeWith((f) => sealTo(f, { ...f.tbs, groupId: id, groupKeys: keys }, f.key));
    value(await mallory.connections.connect(alice.userId));
    await offersTo(alice);
    expect(await alice.connections.accept(mallory.userId)).toMatchObject({
      refusal: { code: 'INVALID_GROUP', rule: 'client.offer.member' },
    });
  });

  it('cannot be made of packages that do not hold: they are refused before anything is sealed to them', async () => {
    const { alice } = await cast();
    const { fetch, meddle } = meddlingFetch();
    const [bob, carol] = [await person(home, { fetch }), await person(home)];
    value(await carol.connections.publishPackages(1));
    const answerOf = async (user: string) => {
      let answer: Record<string, unknown> = {};
      meddle(
        'takeConnectionPackage',
        altered((data) => ((answer = data.takeConnectionPackage!), data)),
      );
      await bob.connections.connect(user);
      return answer as { package: string; credential: string };
    };
    const [ofAlice, ofCarol] = [await answerOf(alice.userId), await answerOf(carol.userId)];
    const dave = await person(home);
    value(await dave.connections.publishPackages(1));
    const swapped: [object, string][] = [
      [ofCarol, 'client.connection-package.user'],
      [{ ...ofAlice, package: 'AAAA' }, 'client.connection-package.decode'],
    ];
    for (const [takeConnectionPackage, rule] of swapped) {
      meddle(
        'takeConnectionPackage',
        altered(() => ({ takeConnectionPackage })),
      );
      expect(await bob.connections.connect(dave.userId)).toMatchObject({
        refusal: { code: 'INVALID_KEY_PACKAGE', rule },
      });
    }
    meddle(
      'takeConnectionPackage',
      altered(({ takeConnectionPackage }) => ({
        takeConnectionPackage: { ...takeConnectionPackage, package: ofCarol.package },
      })),
    );
    expect(await bob.connections.connect(dave.userId)).toMatchObject({
      refusal: { rule: 'client.connection-package.signature' },
    });
    expect(value(await bob.groups())).toHaveLength(2);
  });
});
