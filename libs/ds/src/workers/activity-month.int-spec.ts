import { SystemClock } from '@phoenix/crypto';
import { createPool } from '@phoenix/postgres';
import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import { monthNumber } from '@phoenix/wire';
import type { DataSource } from 'typeorm';
import { openDsDatabase } from '../adapters/typeorm/data-source.js';
import { TypeormGroupStore } from '../adapters/typeorm/typeorm-group-store.js';
import { someRow } from '../testing/some-row.js';
import { ActivityMonth } from './activity-month.js';

const clock = new SystemClock();
const month = monthNumber(clock.now());
const IDLE = 12;

describe('the month’s bookkeeping on Postgres', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let store: TypeormGroupStore;
  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await openDsDatabase(database.url);
    store = new TypeormGroupStore(dataSource);
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  const job = (): ActivityMonth => new ActivityMonth(store, clock, IDLE);
  const groups = async (count: number, lastActiveMonth: number): Promise<Uint8Array[]> => {
    const rows = Array.from({ length: count }, () => someRow({ lastActiveMonth }));
    for (const row of rows) await store.insert(row);
    return rows.map(({ groupId }) => groupId);
  };
  const values = async (statement: string): Promise<unknown[]> => {
    const rows: { value: unknown }[] = await dataSource.query(statement);
    return rows.map(({ value }) => value);
  };

  it('leaves no trace of which group was written before which', async () => {
    await groups(30, month);
    expect(await values('SELECT DISTINCT xmin::text AS value FROM groups')).toHaveLength(30);
    await job().run();
    expect(await values('SELECT DISTINCT xmin::text AS value FROM groups')).toHaveLength(1);
    const places = await values('SELECT group_id::text AS value FROM groups ORDER BY ctid');
    expect(places).toEqual([...places].sort());
  });

  it('deletes no group that gets a message while it runs', async () => {
    // Half are spoken in while the job goes through all of them: each is either gone before, or stays.
    const ids = await groups(60, month - IDLE - 1);
    const spokenIn = ids.filter((_, index) => index % 2 === 0);
    const speak = (id: Uint8Array): Promise<boolean> =>
      store.shared(id, async (group) => {
        if ((await group.loadRoster()) === undefined) return false;
        await group.markActive(month);
        return true;
      });
    const [, ...heard] = await Promise.all([job().run(), ...spokenIn.map(speak)]);
    expect(heard).toContain(true);
    for (const [index, id] of spokenIn.entries())
      expect((await store.load(id)) !== undefined).toBe(heard[index]);
    expect(await values('SELECT count(*)::int AS value FROM groups')).toEqual([
      heard.filter((each) => each).length,
    ]);
  });

  it('keeps commits and messages waiting, and loses none of them', async () => {
    const ids = await groups(20, month);
    let goOn = true;
    const acknowledged = new Map<number, string>();
    const members = ids.map(async (id, index) => {
      for (let round = 0; goOn; round++) {
        const next = someRow();
        const swapped = await store.exclusive(id, async (group) => {
          const row = await group.loadWhole();
          return group.compareAndSwap(
            row!.generation,
            { ...next, pending: next.roster.subarray(0, 100) },
            month,
          );
        });
        expect(swapped).toBe(true);
        acknowledged.set(index, Buffer.from(next.generation).toString('hex'));
      }
    });
    for (let round = 0; round < 5; round++) await store.rewriteInKeyOrder(month + round);
    goOn = false;
    await Promise.all(members);
    for (const [index, id] of ids.entries()) {
      const row = await store.load(id);
      expect(Buffer.from(row!.generation).toString('hex')).toBe(acknowledged.get(index));
    }
  });

  it('is done by one of several processes that begin at the same time', async () => {
    await groups(5, month);
    const others = await Promise.all([1, 2, 3].map(() => openDsDatabase(database.url, 4)));
    const done = await Promise.all(
      others.map((other) => new TypeormGroupStore(other).rewriteInKeyOrder(month)),
    );
    expect(done.filter((rewritten) => rewritten)).toHaveLength(1);
    await Promise.all(others.map((other) => other.destroy()));
  });

  it('changes nothing when its connection ends in the middle, and is done the next time', async () => {
    await groups(40, month);
    const digest = () =>
      values("SELECT md5(string_agg(md5(g::text), ',' ORDER BY group_id)) AS value FROM groups g");
    const before = await digest();
    const killer = createPool(database.url, { max: 1 });
    const rewriting = store.rewriteInKeyOrder(month).then(
      () => 'done',
      () => 'broken',
    );
    const inTheMiddle =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'INSERT INTO groups%'";
    for (let ended = 0; ended === 0;) {
      ended = (await killer.query(inTheMiddle)).rowCount ?? 0;
      if ((await Promise.race([rewriting, Promise.resolve('running')])) === 'done') break;
    }
    const outcome = await rewriting;
    expect(await digest()).toEqual(before);
    expect(await store.rewriteInKeyOrder(month)).toBe(outcome === 'broken');
    expect(await digest()).toEqual(before);
    await killer.end();
  });
});
