import type { PhoenixClient } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, person, say, texts, value, viewOf } from './people.js';

describe('ten members of a group', () => {
  let home: TestHomeserver;
  let everyone: PhoenixClient[];
  let group: string;

  beforeAll(async () => {
    home = await startHomeserver();
    everyone = await Promise.all(Array.from({ length: 10 }, () => person(home, { oneTime: 1 })));
    const [alice, ...others] = everyone;
    await introduce(alice!, ...others);
    group = value(await alice!.createGroup());
    value(
      await alice!.addMembers(
        group,
        others.map(({ userId }) => userId),
      ),
    );
    for (const one of others) await news(one);
  });
  afterAll(() => home.stop());

  it('all replace their keys at once: every commit is taken, and all come to one group', async () => {
    const before = (await viewOf(everyone[0]!, group)).epoch;
    const updates = await Promise.all(everyone.map((one) => one.updateClient(group)));
    expect(updates.filter(({ ok }) => !ok)).toEqual([]);
    for (const one of everyone) {
      await news(one);
      expect((await viewOf(one, group)).epoch).toBe(before + 10n);
    }
  });

  it('all speak at once, and each hears all others', async () => {
    await Promise.all(everyone.map((one, i) => say(one, group, `I am ${i}`)));
    for (const [i, one] of everyone.entries()) {
      const others = everyone.flatMap((_, other) => (other === i ? [] : [`I am ${other}`]));
      expect((await texts(one)).sort()).toEqual(others);
    }
  });

  it('leave, half of them at once, and the others go on', async () => {
    const [alice] = everyone;
    const [stay, leave] = [everyone.slice(0, 5), everyone.slice(5)];
    const left = await Promise.all(leave.map((one) => one.leave(group)));
    expect(left.filter(({ ok }) => !ok)).toEqual([]);
    await news(alice!);
    for (const one of leave) expect((await news(one)).at(-1)).toEqual({ kind: 'removed', group });
    for (const one of stay) expect((await viewOf(one, group, 'read first')).members).toHaveLength(5);
    await say(alice!, group, 'five of us');
    for (const one of stay.slice(1)) expect(await texts(one)).toEqual(['five of us']);
  });
});
