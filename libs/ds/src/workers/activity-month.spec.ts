import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { monthNumber } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { someRow } from '../testing/some-row.js';
import { ActivityMonth } from './activity-month.js';

const { random } = nodeCrypto();
const clock = new TestClock(Date.UTC(2030, 4, 17));
const may2030 = monthNumber(clock.now());

describe('the month’s bookkeeping', () => {
  const store = new MemoryGroupStore();
  const job = new ActivityMonth(store, clock, 12);
  const groupOf = async (lastActiveMonth: number): Promise<Uint8Array> => {
    const row = someRow({ groupId: random.uuid(), lastActiveMonth });
    await store.insert(row);
    return row.groupId;
  };

  it('deletes the groups without activity in so many whole months, and no other', async () => {
    const [yearAgo, longer, now] = [
      await groupOf(may2030 - 12),
      await groupOf(may2030 - 13),
      await groupOf(may2030),
    ];
    await job.run();
    expect(await store.load(longer)).toBeUndefined();
    expect(await store.load(yearAgo)).toBeDefined();
    expect(await store.load(now)).toBeDefined();
  });

  it('goes by the service’s clock, and again in the same month', async () => {
    const group = await groupOf(may2030 - 12);
    await job.run();
    expect(await store.load(group)).toBeDefined();
    clock.advance(15 * 86_400_000);
    await job.run();
    expect(await store.load(group)).toBeUndefined();
  });
});
