import { type Extension, ExtensionType, externalSendersCodec, groupContextCodec } from '@phoenix/mls';
import { type ClientId, encode, EXTENSION_GROUP_POLICY, groupPolicy } from '@phoenix/wire';
import type { MlsMember } from '../mls/mls-group.js';
import type { TakenCommit } from './follow-members.js';
import { brokenPolicy, policyBefore } from './follow-policy.js';
import type { MemberRecord, Openness } from './group-record.js';

const bytes = (value: number): Uint8Array => new Uint8Array(32).fill(value);
const clientOf = (value: number): ClientId => ({
  user: { uuid: new Uint8Array(16).fill(value), domain: 'example.com' },
  uuid: new Uint8Array(16).fill(value),
});

/** A member whose pseudonym, keys and ids are all made of one number. */
function member(leaf: number, name: number, pseudonym: Uint8Array = bytes(name)): MemberRecord {
  return {
    leaf,
    signatureKey: bytes(name),
    pseudonym,
    clientId: clientOf(name),
    credentialKey: bytes(name),
    profileKeys: [bytes(name)],
    leftIn: undefined,
  };
}
const leafOf = ({ leaf, signatureKey }: MemberRecord): MlsMember => ({
  leaf,
  signatureKey,
  identity: new Uint8Array(),
});

const senders = (key: number): Extension => ({
  type: ExtensionType.externalSenders,
  data: encode(externalSendersCodec, [
    { signatureKey: bytes(key), credential: { type: 'basic', identity: new Uint8Array(1) } },
  ]),
});
const policy = (...admins: readonly MemberRecord[]): Extension => ({
  type: EXTENSION_GROUP_POLICY,
  data: encode(groupPolicy, { admins: admins.map(({ pseudonym }) => pseudonym) }),
});
const context = (...extensions: Extension[]) => ({
  groupContext: () =>
    encode(groupContextCodec, {
      version: 1,
      cipherSuite: 1,
      groupId: bytes(1),
      epoch: 5n,
      treeHash: bytes(2),
      confirmedTranscriptHash: bytes(3),
      extensions,
    } as never),
});

const DS = 99;
const [alice, bob, carol] = [member(0, 1), member(1, 2), member(2, 3)];
const everyone = [alice, bob, carol];

interface Circumstances {
  readonly before?: readonly MemberRecord[];
  readonly open?: Openness;
  /** The GroupContext's extensions before and after. */
  readonly then?: Extension[];
  readonly now?: Extension[];
}

/** What breaks when `change` is made of a group that Alice administers, by default by Bob, who is no admin. */
function breaks(
  change: Partial<TakenCommit>,
  after: readonly MemberRecord[],
  { before = everyone, open, then = [senders(DS), policy(alice)], now = then }: Circumstances = {},
) {
  const commit: TakenCommit = {
    kind: 'applied',
    committer: bob.leaf,
    external: false,
    proposed: [],
    authenticatedData: new Uint8Array(),
    added: [],
    removed: [],
    updated: [],
    ...change,
  };
  return brokenPolicy(policyBefore(context(...then), before, open), commit, context(...now), after);
}
const gone = (one: MemberRecord): MemberRecord => ({ ...one, leftIn: 5n });
const proposedFor = (one: MemberRecord) => ({
  removes: one.leaf,
  sender: 'external' as const,
  message: new Uint8Array(),
});

describe('the roles that a commit is held to', () => {
  const dave = member(3, 4);

  it('let admins alone add and remove', () => {
    const adds = { added: [leafOf(dave)] };
    const removes = { removed: [leafOf(carol)] };
    expect(breaks(adds, [...everyone, dave])).toBe('client.policy.committer');
    expect(breaks({ ...adds, committer: 0 }, [...everyone, dave])).toBeUndefined();
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

  it('let admins alone make admins, and only of members', () => {
    const now = [senders(DS), policy(alice, bob)];
    expect(breaks({}, everyone, { now })).toBe('client.policy.context');
    expect(breaks({ committer: 0 }, everyone, { now })).toBeUndefined();
    expect(breaks({ committer: 0 }, everyone, { now: [senders(DS), policy(alice, dave)] })).toBe(
      'client.policy.newcomer',
    );
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
    for (const now of [
      [senders(7), policy(alice)],
      [policy(alice)],
      [senders(DS), policy(alice), other],
      [senders(DS), other],
    ])
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

  it('joins none that is not open, or has more members', () => {
    expect(breaks(join, [alice, joiner], alone)).toBe('client.policy.open');
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
    expect(breaks({ ...resync, removed: [leafOf(bob)] }, after)).toBe('client.policy.external');
    expect(breaks({ ...resync, added: [leafOf(joiner)] }, after)).toBe('client.policy.external');
    expect(breaks({ external: true, committer: 3 }, everyone)).toBe('client.policy.external');
    const now = [senders(DS), policy(alice, bob)];
    expect(breaks(resync, after, { now })).toBe('client.policy.context');
  });
});
