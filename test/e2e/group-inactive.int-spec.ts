import { GraphqlTransport, MemoryClientStore, type PhoenixClient, RequestSigner } from '@phoenix/client';
import { inspectStore } from '@phoenix/client/testing';
import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { formatUuid } from '@phoenix/wire';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, person, say, texts, value, viewOf } from './people.js';

const DAY_MS = 86_400_000;
const JANUARY = Date.UTC(2027, 0, 20, 12);

describe('members that the DS finds to be gone', () => {
  let home: TestHomeserver;
  let clock: TestClock;
  beforeEach(async () => {
    clock = new TestClock(JANUARY);
    home = await startHomeserver({ clock });
  });
  afterEach(() => home.stop());

  async function three(bobStore = new MemoryClientStore()) {
    const [alice, carol] = [await person(home), await person(home)];
    const bob = await person(home, { store: bobStore });
    await introduce(alice, bob, carol);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, carol.userId]));
    for (const one of [bob, carol]) await news(one);
    return { alice, bob, carol, group };
  }
  const usersOf = async (client: PhoenixClient, group: string) =>
    (await viewOf(client, group, 'read first')).members.map(({ user }) => user).sort();

  it('for three whole months without a commit are removed by the next who commits, and told', async () => {
    const { alice, bob, carol, group } = await three();
    clock.advance(40 * DAY_MS);
    value(await carol.updateClient(group));
    clock.advance(65 * DAY_MS);
    await say(bob, group, 'I only ever talk');
    expect(await usersOf(alice, group)).toHaveLength(3);
    // The DS proposes it with this commit; on Alice, who has the first leaf, it is to commit it.
    value(await alice.promote(group, [carol.userId]));
    await news(alice);
    expect((await news(bob)).at(-1)).toEqual({ kind: 'removed', group });
    expect(await usersOf(alice, group)).toEqual([alice.userId, carol.userId].sort());
    expect(await usersOf(carol, group)).toEqual([alice.userId, carol.userId].sort());
    await say(carol, group, 'the two of us');
    expect(await texts(alice)).toEqual(['the two of us']);
  });

  it('for three whole months stay when they come back before that is committed', async () => {
    const { alice, bob, carol, group } = await three();
    clock.advance(40 * DAY_MS);
    value(await carol.updateClient(group));
    clock.advance(65 * DAY_MS);
    value(await bob.account.renewCredential());
    value(await alice.promote(group, [carol.userId]));
    await news(bob);
    await say(bob, group, 'wait for me');
    expect(await usersOf(bob, group)).toHaveLength(3);
    expect(await texts(alice)).toEqual(['wait for me']);
    expect(await usersOf(alice, group)).toHaveLength(3);
  });

  it('because their queue is deleted are removed, once somebody has said something and somebody commits', async () => {
    const store = new MemoryClientStore();
    const { alice, carol, group } = await three(store);
    const { account } = await inspectStore(store);
    const signer = new RequestSigner(nodeCrypto(), clock);
    const query = 'mutation($input:UserRecordInput!){deleteUserRecord(input:$input){acknowledged}}';
    const key = {
      keyId: { kind: 'qs-user', name: formatUuid(account.qsUser.id) },
      privateKey: account.qsUser.keys.privateKey,
    } as const;
    const qs = new GraphqlTransport({ url: home.qs.url, signer });
    value(await qs.execute({ query, variables: { input: { userId: formatUuid(account.qsUser.id) } } }, key));
    await say(alice, group, 'is everyone there?');
    value(await carol.updateClient(group));
    await news(alice);
    expect(await usersOf(alice, group)).toEqual([alice.userId, carol.userId].sort());
    expect(await usersOf(carol, group)).toEqual([alice.userId, carol.userId].sort());
  });
});
