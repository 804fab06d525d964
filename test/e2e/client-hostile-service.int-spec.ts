import { PhoenixClient } from '@phoenix/client';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { lost, refusing, times } from './meddling-fetch.js';
import { meddledPair, membersOf, pause } from './meddled-pair.js';
import { introduce, news, optionsAt, person, say, texts, value } from './people.js';

const PATIENCE = 6;

describe('a client of services that fail or lie', () => {
  let home: TestHomeserver;
  beforeAll(async () => (home = await startHomeserver()));
  afterAll(() => home.stop());

  it('stays in a group whose next commit came before it learned that its own was taken', async () => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    meddle('updateClient', ...times(PATIENCE, lost));
    expect(await alice.updateClient(group, { newPseudonym: true })).toMatchObject({
      refusal: { code: 'UNAVAILABLE' },
    });
    value(await bob.updateClient(group));
    await say(alice, group, 'still here');
    expect(await texts(bob)).toEqual(['still here']);
    await say(bob, group, 'so am I');
    expect(await news(alice)).toMatchObject([{ kind: 'message', sender: bob.userId }]);
  });

  it('does not add anyone twice when its commit was taken and another came on top', async () => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    const carol = await person(home);
    await introduce(alice, carol);
    meddle('addUsers', async (forward) => {
      await forward();
      value(await bob.updateClient(group));
      throw new TypeError('the answer was lost');
    });
    value(await alice.addMembers(group, [carol.userId]));
    await say(alice, group, 'welcome');
    expect(await membersOf(alice, group)).toEqual([alice.userId, bob.userId, carol.userId].sort());
    expect(await texts(carol)).toEqual(['welcome']);
  });

  it('does not add anyone twice when asked again after no answer', async () => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    const carol = await person(home);
    await introduce(alice, carol);
    meddle('addUsers', ...times(PATIENCE, lost));
    expect(await alice.addMembers(group, [carol.userId])).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    expect(await alice.addMembers(group, [carol.userId])).toMatchObject({
      refusal: { code: 'ALREADY_EXISTS' },
    });
    expect(await membersOf(alice, group)).toEqual([alice.userId, bob.userId, carol.userId].sort());
  });

  it('removes someone once when its commit was taken and another came on top', async () => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    const carol = await person(home);
    await introduce(alice, carol);
    value(await alice.addMembers(group, [carol.userId]));
    meddle('removeUsers', async (forward) => {
      await forward();
      value(await bob.updateClient(group));
      throw new TypeError('the answer was lost');
    });
    value(await alice.removeMembers(group, [carol.userId]));
    expect(await membersOf(alice, group)).toEqual([alice.userId, bob.userId].sort());
  });

  it('gives up a commit that the DS refuses, and goes on', async () => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    for (const code of ['SIGNATURE_INVALID', 'INVALID_COMMIT', 'FORBIDDEN', 'NOT_FOUND', 'LIMIT_EXCEEDED']) {
      meddle('updateClient', refusing(code));
      expect(await alice.updateClient(group)).toMatchObject({ refusal: { code } });
      await say(alice, group, code);
      expect(await texts(bob)).toEqual([code]);
    }
  });

  it('ends a call whose every commit is said to be of a wrong epoch', async () => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    meddle('updateClient', ...times(10, refusing('WRONG_EPOCH', { epoch: '7' })));
    expect(await alice.updateClient(group)).toMatchObject({ refusal: { code: 'WRONG_EPOCH' } });
    await say(alice, group, 'well then');
    expect(await texts(bob)).toEqual(['well then']);
  });

  it('ends a call of which the DS says that something is pending when nothing is', async () => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    meddle('updateClient', refusing('PROPOSALS_PENDING'), refusing('PROPOSALS_PENDING', { proposals: [] }));
    for (let call = 0; call < 2; call++)
      expect(await alice.updateClient(group)).toMatchObject({ refusal: { code: 'PROPOSALS_PENDING' } });
    await say(alice, group, 'nothing is');
    expect(await texts(bob)).toEqual(['nothing is']);
  });

  it('goes past proposals that are none by coming back from outside', async () => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    meddle('updateClient', refusing('PROPOSALS_PENDING', { proposals: ['AAAA'] }));
    value(await alice.updateClient(group));
    await say(alice, group, 'here I am');
    expect(await texts(bob)).toEqual(['here I am']);
    expect((await news(alice)).map(({ kind }) => kind)).toEqual(['resynced']);
  });

  it('adds someone to a group that it first has to come back to', async () => {
    const { alice, bob, group, store } = await meddledPair(home);
    const carol = await person(home);
    await introduce(alice, carol);
    const old = await Promise.all(
      (await store.keys('groups/')).map(async (key) => ({ key, value: (await store.get(key))! })),
    );
    value(await bob.updateClient(group));
    await news(alice);
    await store.write(old);
    const again = value(await PhoenixClient.open(await optionsAt(home, { store, pause })));
    await say(bob, group, 'where are you?');
    value(await again.addMembers(group, [carol.userId]));
    await news(carol);
    await say(carol, group, 'hello');
    expect((await texts(bob)).at(-1)).toBe('hello');
  });

  it.each([
    'REQUEST_EXPIRED',
    'REQUEST_REPLAYED',
    'SIGNATURE_INVALID',
    'DAMAGED',
    'TOKEN_INVALID',
    'INTERNAL',
  ])('keeps a message that got no answer when the next one is %s', async (code) => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    meddle('sendMessage', ...times(PATIENCE, () => Promise.reject(new TypeError('no line'))), refusing(code));
    const sent = await alice.send(group, new TextEncoder().encode('kept'));
    expect(sent).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    await alice.receive();
    await alice.receive();
    expect(await texts(bob)).toEqual(['kept']);
  });

  it('reads on while the DS takes nothing, and says that something waits', async () => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    await say(bob, group, 'do you hear me?');
    meddle('sendMessage', ...times(100, () => Promise.reject(new TypeError('no line'))));
    expect(await alice.send(group, new TextEncoder().encode('I do'))).toMatchObject({
      refusal: { code: 'UNAVAILABLE' },
    });
    expect(await texts(alice)).toEqual(['do you hear me?']);
    expect(await alice.flush()).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    meddle('sendMessage');
    expect(await alice.flush()).toEqual({ ok: true, value: undefined });
    expect(await texts(bob)).toEqual(['I do']);
  });

  it('gives back to its user what it had kept and is refused for good', async () => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    meddle(
      'sendMessage',
      ...times(PATIENCE, () => Promise.reject(new TypeError('no line'))),
      refusing('FORBIDDEN'),
    );
    const body = new TextEncoder().encode('too late');
    expect(await alice.send(group, body)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    expect(await news(alice)).toMatchObject([{ kind: 'unsent', group, body, reason: 'FORBIDDEN' }]);
    expect(await news(alice)).toEqual([]);
    expect(await texts(bob)).toEqual([]);
  });

  it('is not held up by a group that the DS has trouble with', async () => {
    const { alice, bob, group, meddle } = await meddledPair(home);
    const other = value(await alice.createGroup());
    value(await alice.addMembers(other, [bob.userId]));
    meddle('sendMessage', refusing('INTERNAL'), refusing('INTERNAL'));
    expect(await alice.send(group, new TextEncoder().encode('stuck'))).toMatchObject({ ok: false });
    await say(alice, other, 'not stuck');
    expect(await texts(bob)).toEqual(['not stuck']);
    value(await alice.receive());
    expect(await texts(bob)).toEqual(['stuck']);
  });
});
