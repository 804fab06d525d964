import { MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { CredentialAuthority, impersonate, inspectStore, type Issued } from '@phoenix/client/testing';
import { nodeCrypto } from '@phoenix/crypto';
import {
  clientCredential,
  type ClientCredential,
  connectionPackageTbs,
  connectionPackageValidity,
  encode,
  formatBase64Url,
  LABELS,
  signedConnectionPackage,
} from '@phoenix/wire';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { connect, offersTo } from './acquaintances.js';
import { altered, type Meddling, meddlingFetch, times } from './meddling-fetch.js';
import { introduce, news, optionsAt, person, say, texts, value } from './people.js';

const crypto = nodeCrypto();

describe('an AS that signs a second credential for a known user', () => {
  let home: TestHomeserver;
  let forger: CredentialAuthority;
  beforeAll(async () => {
    home = await startHomeserver();
    forger = new CredentialAuthority(crypto, home.domain, home.clock.now());
  });
  afterAll(() => home.stop());

  /** The AS as everybody sees it: a root more, which is its own like the other, and signs what it likes. */
  function line() {
    const { fetch, meddle } = meddlingFetch();
    const text = (bytes: Uint8Array) => formatBase64Url(bytes);
    const both: Meddling = altered(({ asCredentials }) => ({
      asCredentials: {
        roots: [...(asCredentials!['roots'] as string[]), text(forger.root)],
        intermediates: [...(asCredentials!['intermediates'] as string[]), text(forger.intermediate)],
        revoked: asCredentials!['revoked'],
      },
    }));
    meddle('asCredentials', ...times(20, both));
    return { fetch, meddle };
  }

  /** Alice and Bob, contacts; and a second credential for Bob, over a key that Bob never had. */
  async function cast() {
    const bobsStore = new MemoryClientStore();
    const { fetch, meddle } = line();
    const alice = await person(home, { fetch });
    const bob = await person(home, { store: bobsStore, fetch: line().fetch });
    for (const each of [alice, bob]) value(await each.connections.publishPackages(2));
    const { clientId } = (await inspectStore(bobsStore)).account.credential.payload;
    return { alice, bob, meddle, second: forger.client({ clientId }) };
  }

  /** Someone with an account of its own, who goes by the second credential. */
  async function impostor(second: Issued<ClientCredential>): Promise<PhoenixClient> {
    const store = new MemoryClientStore();
    await person(home, { store });
    await impersonate(store, second);
    return value(await PhoenixClient.open(await optionsAt(home, { store, fetch: line().fetch })));
  }

  it('is caught when the impostor offers a connection: the user’s contacts are told, and do not take it', async () => {
    const { alice, bob, second } = await cast();
    const group = await connect(alice, bob, bob.userId);
    const number = value(await alice.connections.safetyNumber(bob.userId));
    const mallory = await impostor(second);
    expect(mallory.userId).toBe(bob.userId);
    value(await mallory.connections.connect(alice.userId));
    expect(await offersTo(alice)).toEqual([
      { kind: 'offer-refused', user: bob.userId, rule: 'client.contact.identity' },
    ]);
    expect(value(await alice.connections.offers())).toEqual([]);
    expect(value(await alice.connections.safetyNumber(bob.userId))).toBe(number);
    await say(bob, group, 'it was not me');
    expect(await texts(alice)).toEqual(['it was not me']);
  });

  it('is caught when it gives out a package of the impostor’s', async () => {
    const { alice, bob, meddle, second } = await cast();
    await introduce(alice, bob);
    const room = value(await alice.createGroup());
    value(await alice.addMembers(room, [bob.userId]));
    await news(bob);
    const lifetime = connectionPackageValidity(home.clock.now());
    const { publicKey: encryptionKey } = crypto.hpke.generateKeyPair();
    const content = { encryptionKey, lifetime, lastResort: false };
    const { clientId } = second.credential.payload;
    const tbs = encode(connectionPackageTbs, { clientId, connectionPackage: content });
    const signature = crypto.signWithLabel(second.keys.privateKey, LABELS.connectionPackage, tbs);
    const forged = encode(signedConnectionPackage, { connectionPackage: content, signature });
    const takeConnectionPackage = {
      package: formatBase64Url(forged),
      credential: formatBase64Url(encode(clientCredential, second.credential)),
    };
    meddle(
      'takeConnectionPackage',
      altered(() => ({ takeConnectionPackage })),
    );
    expect(await alice.connections.connect(bob.userId)).toMatchObject({
      refusal: { code: 'INVALID_CREDENTIAL', rule: 'client.contact.identity' },
    });
    value(await alice.connections.connect(bob.userId));
  });

  it('is caught when two of its credentials offer, one after the other', async () => {
    const { alice, bob, second } = await cast();
    value(await bob.connections.connect(alice.userId));
    const mallory = await impostor(second);
    value(await mallory.connections.connect(alice.userId));
    expect(await offersTo(alice)).toEqual([
      { kind: 'connection-offered', user: bob.userId, alias: '' },
      { kind: 'offer-refused', user: bob.userId, rule: 'client.contact.identity' },
    ]);
    value(await alice.connections.accept(bob.userId));
    expect((await news(bob)).at(-1)).toMatchObject({ kind: 'connected', user: alice.userId });
  });

  it('is found out by strangers, too, when they compare their safety number', async () => {
    const { alice, bob, second } = await cast();
    const mallory = await impostor(second);
    await connect(mallory, alice, alice.userId);
    const seen = value(await alice.connections.safetyNumber(bob.userId));
    expect(value(await mallory.connections.safetyNumber(alice.userId))).toBe(seen);
    await introduce(alice, bob);
    const room = value(await bob.createGroup());
    await bob.addMembers(room, [alice.userId]);
    const shown = await bob.connections.safetyNumber(alice.userId);
    expect(shown.ok && shown.value).not.toBe(seen);
  });
});
