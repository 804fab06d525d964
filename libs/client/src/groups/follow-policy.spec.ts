import {
  alice,
  bob,
  breaks,
  bytes,
  carol,
  DS,
  everyone,
  gone,
  leafOf,
  member,
  policy,
  proposedFor,
  senders,
} from '../testing/rule-cases/roles.js';

describe('the roles that a commit is held to', () => {
  it('let admins alone remove', () => {
    const removes = { removed: [leafOf(carol)] };
    expect(breaks(removes, [alice, bob, gone(carol)])).toBe('client.policy.committer');
    expect(breaks({ ...removes, committer: 0 }, [alice, bob, gone(carol)])).toBeUndefined();
  });

  it('let anyone commit a Remove that was proposed, and none beside it', () => {
    const after = [alice, gone(bob), gone(carol)];
    const proposed = [proposedFor(carol)];
    expect(breaks({ removed: [leafOf(carol)], proposed }, [alice, bob, gone(carol)])).toBeUndefined();
    const both = { removed: [leafOf(carol), leafOf(bob)], proposed, committer: 2 };
    expect(breaks(both, after)).toBe('client.policy.committer');
  });

  it('let anyone drop an admin whose removal it commits, and no other', () => {
    const then = [senders(DS), policy(alice, carol)];
    const now = [senders(DS), policy(alice)];
    const removal = { removed: [leafOf(carol)], proposed: [proposedFor(carol)] };
    expect(breaks(removal, [alice, bob, gone(carol)], { then, now })).toBeUndefined();
    expect(breaks({}, everyone, { then, now })).toBe('client.policy.context');
  });

  it('keep the external senders to their key, whoever commits, and all other extensions', () => {
    const other = { type: 0xff01, data: new Uint8Array(1) };
    for (const now of [[policy(alice)], [senders(DS), policy(alice), other], [senders(DS), other]])
      expect(breaks({ committer: 0 }, everyone, { now })).toBe('client.policy.extensions');
  });

  it('leave no group without an admin, nor an admin’s name to someone else', () => {
    const removal = { removed: [leafOf(alice)], proposed: [proposedFor(alice)] };
    expect(breaks(removal, [gone(alice), bob, carol])).toBe('client.policy.admin');
    const thief = member(1, 2, alice.pseudonym);
    const theft = { ...removal, updated: [{ before: leafOf(bob), after: leafOf(thief) }] };
    expect(breaks(theft, [gone(alice), thief, carol])).toBe('client.leaf.pseudonym');
  });
});

describe('a commit from outside', () => {
  const joiner = member(1, 9);
  const join = { external: true, committer: 1, added: [leafOf(joiner)] };
  const alone = { before: [alice] };

  it('joins an open group of one, by whoever is expected', () => {
    const after = [alice, joiner];
    expect(breaks(join, after, { ...alone, open: { expected: undefined } })).toBeUndefined();
    const expected = joiner.clientId.user;
    expect(breaks(join, after, { ...alone, open: { expected } })).toBeUndefined();
    const another = { ...alone, open: { expected: bob.clientId.user } };
    expect(breaks(join, after, another)).toBe('client.policy.open');
  });

  it('joins none that has more members', () => {
    const third = member(2, 9);
    const two = { before: [alice, bob], open: { expected: undefined } };
    expect(breaks({ ...join, committer: 2, added: [leafOf(third)] }, [alice, bob, third], two)).toBe(
      'client.policy.open',
    );
  });

  it('brings its maker back, an admin too, and does nothing else', () => {
    const back = { ...alice, leaf: 3, signatureKey: bytes(8) };
    const resync = {
      external: true,
      committer: 3,
      updated: [{ before: leafOf(alice), after: leafOf(back) }],
    };
    const after = [gone(alice), bob, carol, back];
    expect(breaks(resync, after)).toBeUndefined();
    expect(breaks({ ...resync, added: [leafOf(joiner)] }, after)).toBe('client.policy.external');
    expect(breaks({ external: true, committer: 3 }, everyone)).toBe('client.policy.external');
    const now = [senders(DS), policy(alice, bob)];
    expect(breaks(resync, after, { now })).toBe('client.policy.context');
  });
});
