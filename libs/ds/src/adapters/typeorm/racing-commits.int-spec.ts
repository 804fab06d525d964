import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import { done, refuse } from '@phoenix/wire';
import type { DataSource } from 'typeorm';
import type { GroupRow } from '../../domain/group-row.js';
import { sealNotice } from '../../domain/notice.js';
import { DsUnderTest } from '../../testing/ds-under-test.js';
import { mustHold } from '../../testing/must-hold.js';
import { makeArrival } from '../../testing/scripted-arrival.js';
import { ScriptedConversation } from '../../testing/scripted-conversation.js';
import { openDsDatabase } from './data-source.js';
import { TypeormGroupStore } from './typeorm-group-store.js';

describe('a group on Postgres, under load', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let ds: DsUnderTest;
  let group: ScriptedConversation;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await openDsDatabase(database.url);
  });

  beforeEach(async () => {
    ds = await DsUnderTest.over(new TypeormGroupStore(dataSource));
    group = await ScriptedConversation.begin(ds);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const entries = (leaf: number) => group.received(group.member(leaf)).map(({ type }) => type);

  it('lets one of fifty racing commits win, tells the others the epoch, and fans out the winner alone', async () => {
    const leaves = [0, ...(await group.add(49))];
    const made = leaves.map((leaf) => group.make({ committer: leaf }));
    const outcomes = await Promise.all(made.map((commit, i) => group.submitUpdate(commit, leaves[i])));
    const winners = outcomes.flatMap((outcome, i) => (outcome.ok ? [i] : []));
    expect(winners).toHaveLength(1);
    const wrongEpoch = refuse('WRONG_EPOCH', { epoch: 2n });
    for (const outcome of outcomes.filter(({ ok }) => !ok)) expect(outcome).toEqual(wrongEpoch);
    const taken = group.received(group.member(1)).filter(({ type }) => type === 'commit');
    expect(taken.map(({ payload }) => payload)).toEqual([made[winners[0]!]!.input.commit]);
  });

  it('answers the winner’s retries as successes while others race on', async () => {
    const [bob] = (await group.add(1)) as [number];
    const [first, late] = [group.make({}), group.make({ committer: bob })];
    const attempts = [
      ...Array.from({ length: 5 }, () => group.submitUpdate(first)),
      ...Array.from({ length: 5 }, () => group.submitUpdate(late, bob)),
    ];
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(5);
    expect(entries(bob).filter((type) => type === 'commit')).toHaveLength(1);
  });

  it('lets no message of an epoch reach a queue after the commit that ended it', async () => {
    const [bob] = (await group.add(1)) as [number];
    for (let round = 0; round < 5; round++) {
      const made = group.make({});
      const sends = Array.from({ length: 10 }, () => group.send(bob));
      const [committed, ...sent] = await Promise.all([group.submitUpdate(made), ...sends]);
      mustHold(committed);
      const order = entries(0);
      const accepted = sent.filter(({ ok }) => ok).length;
      const sinceLast = order.slice(order.lastIndexOf('commit', order.lastIndexOf('commit') - 1) + 1);
      expect(sinceLast.filter((type) => type === 'application')).toHaveLength(accepted);
      expect(sinceLast.at(-1)).toBe('commit');
      made.take();
    }
  });

  it('completes once, by whoever comes next, what was interrupted between state and fan-out', async () => {
    const [bob] = (await group.add(1)) as [number];
    const made = group.make({});
    ds.transport.failNext();
    expect(await group.submitUpdate(made)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    made.take();
    // Another process, started after the first was killed: nothing is shared but the database and the queues.
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => group.send(bob)));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(entries(bob).filter((type) => type === 'commit')).toHaveLength(1);
    expect(entries(0).indexOf('application')).toBeGreaterThan(entries(0).lastIndexOf('commit'));
    expect((await ds.store.load(group.uuid))?.pending).toBeUndefined();
  });

  /** In a slot of the group's notices, a sealed one that says nothing. */
  async function fileNotice(index: number) {
    const { noticeKey } = (await ds.store.load(group.uuid)) as GroupRow;
    const sealed = sealNotice(ds.crypto, noticeKey, { uuid: group.uuid, domain: 'example.com' });
    await ds.store.fileNotices(group.uuid, [{ index, sealed }]);
    return done();
  }

  it('lets queue configs, profile keys, messages, notices and commits go on at the same time, and all agree after', async () => {
    const [bob] = (await group.add(2)) as [number];
    const { random } = ds.crypto;
    for (let round = 0; round < 3; round++) {
      const made = group.make({});
      const queue = { domain: 'example.com', sealed: random.bytes(180) };
      const [committed, ...others] = await Promise.all([
        group.submitUpdate(made),
        ...Array.from({ length: 4 }, () => group.updateQueueConfig(bob)),
        ...Array.from({ length: 4 }, () => group.updateProfileKey(bob, random.bytes(61))),
        ...Array.from({ length: 4 }, () => group.send(0)),
        ...Array.from({ length: 4 }, (_, index) => fileNotice(index)),
      ]);
      mustHold(committed);
      for (const outcome of others)
        if (!outcome.ok) expect(outcome.refusal).toMatchObject({ code: 'WRONG_EPOCH' });
      made.take();
      mustHold(await group.updateQueueConfig(bob, queue));
      const { epoch } = group.scripted.group;
      mustHold(await group.send(0, group.message(epoch)));
      expect(ds.transport.queue(queue.sealed).at(-1)?.entry.type).toBe('application');
      expect(mustHold(await group.externalCommitInfo(bob)).memberKeys).toHaveLength(3);
    }
  });

  it('ends once, before or after whatever else is asked at that moment, and nothing comes after the end', async () => {
    const ends = { first: 0, late: 0 };
    for (let round = 0; round < 12; round++) {
      group = await ScriptedConversation.begin(ds);
      const [one, two] = (await group.add(2)) as [number, number];
      ds.transport.failNext(round % 2);
      const [end, update] = [group.make({ remove: [one, two] }), group.make({ committer: one })];
      const others = [
        () => group.send(one),
        () => group.submitUpdate(update, one),
        () => group.submitResync(makeArrival(group, { replace: two }), two),
        () => group.submitLeave(two),
        () => group.updateQueueConfig(one),
      ];
      const queue = () => group.received(group.member(0)).map(({ payload }) => payload);
      // The others in turns, so that each of them comes before the end in some round.
      const turned = [...others.slice(round % others.length), ...others.slice(0, round % others.length)];
      const [first, ...rest] = turned as [() => Promise<unknown>, ...(() => Promise<unknown>)[]];
      const [, ended] = await Promise.all([
        first(),
        group.submitDelete(end),
        ...rest.map((ask) => ask()),
        group.submitDelete(end),
      ]);
      const stored = await ds.store.load(group.uuid);
      const isEnded = queue().some((payload) => Buffer.compare(payload, end.input.commit) === 0);
      if (isEnded) {
        // Whoever comes while its fan-out still waits completes it.
        await group.submitDelete(end);
        expect(await ds.store.load(group.uuid)).toBeUndefined();
        expect(Buffer.compare(queue().at(-1)!, end.input.commit)).toBe(0);
        ends.first++;
      } else {
        expect(ended).toMatchObject({ ok: false });
        expect(stored).toBeDefined();
        expect(await group.externalCommitInfo(0)).toMatchObject({ ok: true });
        ends.late++;
      }
    }
    expect(ends.first > 0 && ends.late > 0).toBe(true);
  });

  it('keeps nobody waiting for a group that a crowd is waiting for', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const crowd = Array.from({ length: 60 }, () => ds.store.exclusive(group.uuid, () => gate));
    const other = await ScriptedConversation.begin(ds);
    const outcome = await other.send(0);
    open();
    await Promise.all(crowd);
    mustHold(outcome);
  });

  it('keeps writers of another process out while readers are in', async () => {
    const elsewhere = new TypeormGroupStore(dataSource);
    const events: string[] = [];
    let [leave, entered] = [(): void => undefined, (): void => undefined];
    const [left, inside] = [
      new Promise<void>((resolve) => (leave = resolve)),
      new Promise<void>((resolve) => (entered = resolve)),
    ];
    const reader = ds.store.shared(group.uuid, async (locked) => {
      await locked.loadRoster();
      entered();
      await left;
      events.push('read');
    });
    await inside;
    const writer = elsewhere.exclusive(group.uuid, async (locked) => {
      await locked.loadWhole();
      events.push('written');
    });
    for (let i = 0; i < 5; i++) await elsewhere.load(group.uuid);
    leave();
    await Promise.all([reader, writer]);
    expect(events).toEqual(['read', 'written']);
  });

  it('changes nothing by a refused commit, to the byte', async () => {
    const [bob] = (await group.add(2)) as [number];
    const before = await group.stored();
    expect(await group.submitRemove(group.make({ committer: bob, remove: [2] }), bob)).toMatchObject({
      ok: false,
    });
    expect(await group.submitRemove(group.make({ remove: [3] }))).toMatchObject({ ok: false });
    expect(await group.stored()).toBe(before);
  });
});
