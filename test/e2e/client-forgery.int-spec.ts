import { MemoryClientStore, PhoenixClient } from '@phoenix/client';
import { clientCredential, concat, encode, Reader } from '@phoenix/wire';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, optionsAt, person, say, texts, value } from './people.js';

/** The account in a client's store: its credential, and all that comes after it. */
async function accountIn(store: MemoryClientStore) {
  const bytes = (await store.get('account'))!;
  const reader = new Reader(bytes);
  const credential = clientCredential.read(reader);
  return { credential, rest: bytes.slice(reader.position) };
}

describe('someone who pretends to be someone else', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  /** Mallory, with Bob's stolen credential in place of her own: she lacks the key to it. */
  async function malloryAs(victim: MemoryClientStore): Promise<PhoenixClient> {
    const store = new MemoryClientStore();
    await person(home, { store });
    const stolen = encode(clientCredential, (await accountIn(victim)).credential);
    const { rest } = await accountIn(store);
    await store.write([{ key: 'account', value: concat(stolen, rest) }]);
    const mallory = value(await PhoenixClient.open(await optionsAt(home, { store })));
    value(await mallory.publishAddPackages(2));
    return mallory;
  }

  it('is not added: the link in the package is signed with another key', async () => {
    const victim = new MemoryClientStore();
    const alice = await person(home);
    await person(home, { store: victim });
    const mallory = await malloryAs(victim);
    const name = value(await alice.addContact(value(await mallory.contactCard())));
    const group = value(await alice.createGroup());
    expect(await alice.addMembers(group, [name])).toEqual({
      ok: false,
      refusal: { code: 'INVALID_CREDENTIAL', rule: 'client.link.signature' },
    });
    expect(value(await alice.groups())[0]!.members).toHaveLength(1);
    expect(await news(mallory)).toEqual([]);
  });

  it('cannot invite: who is invited by a forged member refuses, and is in no group', async () => {
    const victim = new MemoryClientStore();
    await person(home, { store: victim });
    const carol = await person(home);
    const mallory = await malloryAs(victim);
    const name = value(await mallory.addContact(value(await carol.contactCard())));
    const group = value(await mallory.createGroup());
    value(await mallory.addMembers(group, [name]));
    expect(await news(carol)).toEqual([{ kind: 'invitation-refused', rule: 'client.link.signature' }]);
    expect(value(await carol.groups())).toEqual([]);
  });

  it('is not followed: members halt a group in which one of them turns into someone else', async () => {
    const victim = new MemoryClientStore();
    await person(home, { store: victim });
    const store = new MemoryClientStore();
    const alice = await person(home);
    const bob = await person(home);
    const honest = await person(home, { store });
    await introduce(alice, bob, honest);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, honest.userId]));
    await news(honest);
    await news(bob);
    const stolen = encode(clientCredential, (await accountIn(victim)).credential);
    await store.write([{ key: 'account', value: concat(stolen, (await accountIn(store)).rest) }]);
    const turned = value(await PhoenixClient.open(await optionsAt(home, { store })));
    // Even her own client does not go along.
    await turned.updateClient(group, { newPseudonym: true });

    for (const one of [alice, bob])
      expect(await news(one)).toEqual([{ kind: 'halted', group, rule: 'client.link.signature' }]);
    expect(await alice.send(group, new Uint8Array(1))).toMatchObject({
      ok: false,
      refusal: { code: 'FORBIDDEN', rule: 'client.group.active' },
    });
  });

  it('cannot hand out a card of another authority', async () => {
    const elsewhere = await startHomeserver();
    const alice = await person(home);
    const stranger = await person(elsewhere);
    const card = value(await stranger.contactCard());
    await elsewhere.stop();
    expect(await alice.addContact(card)).toEqual({
      ok: false,
      refusal: { code: 'INVALID_CREDENTIAL', rule: 'client.contact.root' },
    });
    expect(await alice.addContact(card.subarray(1))).toMatchObject({ refusal: { code: 'BAD_REQUEST' } });
  });

  it('does no harm to those who are honest', async () => {
    const [alice, bob] = [await person(home), await person(home)];
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    await say(alice, group, 'all is well');
    expect(await texts(bob)).toEqual(['all is well']);
  });
});
