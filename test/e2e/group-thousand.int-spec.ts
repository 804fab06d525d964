import type { PhoenixClient } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { news, person, say, texts, value, viewOf } from './people.js';

/** As many as a delivery service lets be in a group. */
const MEMBERS = 1_000;
/** Registrations on their way at the same time. */
const AT_ONCE = 8;
/** Members whose clients run on; of the others account, package and queue are as real. */
const RUNNING = 4;

describe('a thousand members of a group', () => {
  jest.setTimeout(600_000);
  let home: TestHomeserver;
  let alice: PhoenixClient;
  let bob: PhoenixClient;
  let carol: PhoenixClient;
  let dave: PhoenixClient;
  let erin: PhoenixClient;
  let group: string;

  beforeAll(async () => {
    home = await startHomeserver();
    alice = await person(home, { oneTime: 0 });
    const { users, running } = await registered();
    [bob, carol, dave, erin] = running as [PhoenixClient, PhoenixClient, PhoenixClient, PhoenixClient];
    group = value(await alice.createGroup());
    value(await alice.addMembers(group, users));
  });
  afterAll(() => home.stop());

  /** Everybody but Alice, each known to her, and the clients of the first of them. */
  async function registered(): Promise<{ users: string[]; running: PhoenixClient[] }> {
    const users: string[] = [];
    const running: PhoenixClient[] = [];
    let left = MEMBERS - 1;
    const register = async (): Promise<void> => {
      while (left-- > 0) {
        const client = await person(home, { oneTime: 1 });
        users.push(value(await alice.addContact(value(await client.contactCard()))));
        if (running.length < RUNNING) running.push(client);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, register));
    return { users, running };
  }

  /** All who are there have the same group, of so many. */
  async function expectMembers(members: readonly PhoenixClient[], count: number): Promise<void> {
    const views = [];
    for (const one of members) views.push(await viewOf(one, group, 'read first'));
    for (const view of views) {
      expect(view).toMatchObject({ status: 'active', epoch: views[0]!.epoch });
      expect(view.members).toHaveLength(count);
    }
  }

  it('were added by one commit, join by its Welcome, and hear one another', async () => {
    for (const one of [bob, carol, dave, erin])
      expect(await news(one)).toEqual([{ kind: 'joined', group, inviter: alice.userId }]);
    await say(bob, group, 'a thousand of us');
    for (const one of [alice, carol, dave, erin]) expect(await texts(one)).toEqual(['a thousand of us']);
    await expectMembers([alice, bob], MEMBERS);
  });

  it('see one of them removed', async () => {
    value(await alice.removeMembers(group, [dave.userId]));
    expect(await news(dave)).toEqual([{ kind: 'removed', group }]);
    await expectMembers([alice, bob, carol, erin], MEMBERS - 1);
  });

  it('see one of them come back by a resync, and hear it', async () => {
    value(await carol.resync(group));
    await say(carol, group, 'where was I?');
    for (const one of [alice, bob, erin]) expect(await texts(one)).toEqual(['where was I?']);
  });

  it('see one of them leave, once somebody has committed it', async () => {
    value(await erin.leave(group));
    await news(alice);
    expect(await news(erin)).toEqual([{ kind: 'removed', group }]);
    await expectMembers([alice, bob, carol], MEMBERS - 2);
    await say(alice, group, 'and on');
    for (const one of [bob, carol]) expect(await texts(one)).toEqual(['and on']);
  });
});
