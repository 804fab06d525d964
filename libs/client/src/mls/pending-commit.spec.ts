import { utf8 } from '@phoenix/wire';
import { agreement, MlsParty, NOW_MS, stage } from '../testing/mls/mls-party.js';

async function pair(seed: number) {
  const party = await MlsParty.of(seed);
  const alice = await party.group('alice');
  const [bob] = await party.add(alice, [], 'bob');
  return { party, alice, bob: bob! };
}

describe('a pending commit', () => {
  it('changes nothing until the DS has accepted it', async () => {
    const { alice, bob } = await pair(11);
    const before = agreement(alice);
    await stage(alice, {});
    expect(agreement(alice)).toBe(before);
    expect(await bob.decrypt(await alice.encrypt(utf8('meanwhile'), new Uint8Array()))).toMatchObject({
      kind: 'message',
    });
  });

  it('is merged by its own echo, or when the answer comes first its echo is past', async () => {
    const { alice, bob } = await pair(12);
    const first = await stage(alice, {});
    expect(await alice.processCommit(first.commit, NOW_MS)).toMatchObject({ kind: 'merged', committer: 0 });
    await bob.processCommit(first.commit, NOW_MS);
    const second = await stage(alice, {});
    await alice.mergePendingCommit();
    expect(await alice.processCommit(second.commit, NOW_MS)).toEqual({ kind: 'past' });
    await bob.processCommit(second.commit, NOW_MS);
    expect(agreement(bob)).toBe(agreement(alice));
  });

  it('that loses the race gives way to the winner, and the loser goes on', async () => {
    const { party, alice, bob } = await pair(13);
    const [lost, won] = [await stage(alice, {}), await stage(bob, {})];
    await bob.mergePendingCommit();
    expect(await alice.processCommit(won.commit, NOW_MS)).toMatchObject({ kind: 'applied', committer: 1 });
    expect(alice.pendingCommit).toBeUndefined();
    expect(agreement(alice)).toBe(agreement(bob));
    expect(await bob.processCommit(lost.commit, NOW_MS)).toEqual({ kind: 'past' });
    await party.commit(alice, [bob], {});
    expect(agreement(alice)).toBe(agreement(bob));
    expect(await bob.decrypt(await alice.encrypt(utf8('on'), new Uint8Array()))).toMatchObject({
      content: utf8('on'),
    });
  });

  it('can be dropped or replaced without harm to the group', async () => {
    const { party, alice, bob } = await pair(14);
    await stage(alice, { newLeaf: party.leaf('never') });
    await alice.discardPendingCommit();
    await stage(alice, {});
    await party.commit(alice, [bob], { newLeaf: party.leaf('alice anew') });
    expect(agreement(alice)).toBe(agreement(bob));
    await expect(alice.mergePendingCommit()).rejects.toThrow('no commit is pending');
  });

  it('survives in the store, with the bytes to send it again', async () => {
    const { party, alice, bob } = await pair(15);
    const staged = await stage(alice, { add: [(await party.keyPackage('carol')).keyPackage] });
    const restored = await party.engine.restoreGroup(await alice.serialize());
    expect(restored.pendingCommit).toEqual(staged);
    await restored.mergePendingCommit();
    await bob.processCommit(staged.commit, NOW_MS);
    expect(agreement(restored)).toBe(agreement(bob));
  });

  it('does not let messages be read again that were read while it was pending', async () => {
    const { alice, bob } = await pair(16);
    const early = await bob.encrypt(utf8('before'), new Uint8Array());
    const staged = await stage(alice, {});
    const late = await bob.encrypt(utf8('after'), new Uint8Array());
    expect(await alice.decrypt(late)).toMatchObject({ content: utf8('after') });
    await alice.processCommit(staged.commit, NOW_MS);
    expect(await alice.decrypt(late)).toEqual({ kind: 'repeated' });
    expect(await alice.decrypt(early)).toMatchObject({ content: utf8('before') });
    expect(await alice.decrypt(early)).toEqual({ kind: 'repeated' });
  });

  it('leaves the live keys alone when it is dropped', async () => {
    const { alice } = await pair(17);
    const authenticator = alice.epochAuthenticator();
    await stage(alice, {});
    await alice.discardPendingCommit();
    expect(alice.epochAuthenticator()).toEqual(authenticator);
  });
});
