import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { introduce, news, person, say, texts, value, viewOf } from './people.js';

const EPOCHS = 50;

describe('a member that was offline', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  it(`for ${EPOCHS} epochs reads what was said in each of them, in order, and goes on`, async () => {
    const [alice, bob, carol] = [await person(home), await person(home), await person(home)];
    await introduce(alice, bob, carol);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId, carol.userId]));
    await news(bob);
    await news(carol);
    const said: string[] = [];
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      const one = epoch % 2 === 0 ? alice : carol;
      if (epoch === EPOCHS / 2) value(await alice.removeMembers(group, [carol.userId]));
      else if (epoch === EPOCHS / 2 + 1) value(await alice.addMembers(group, [carol.userId]));
      else value(await one.updateClient(group, { newPseudonym: epoch % 5 === 0 }));
      said.push(`epoch ${epoch}`);
      await say(epoch === EPOCHS / 2 ? alice : one, group, `epoch ${epoch}`);
    }
    expect(await texts(bob)).toEqual(said);
    await news(alice);
    expect((await viewOf(bob, group)).epoch).toBe((await viewOf(alice, group)).epoch);
    await say(bob, group, 'I am back');
    expect(await texts(alice)).toEqual(['I am back']);
  }, 120_000);

  it('while it was removed, and its queue says so, is out and is not heard', async () => {
    const [alice, bob] = [await person(home), await person(home)];
    await introduce(alice, bob);
    const group = value(await alice.createGroup());
    value(await alice.addMembers(group, [bob.userId]));
    await news(bob);
    value(await alice.removeMembers(group, [bob.userId]));
    expect(await bob.send(group, new TextEncoder().encode('still here?'))).toMatchObject({
      refusal: { code: 'FORBIDDEN' },
    });
    expect(await news(bob)).toEqual([{ kind: 'removed', group }]);
    expect(await texts(alice)).toEqual([]);
  });
});
