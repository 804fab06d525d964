import { done, type Outcome, refuse } from '@phoenix/wire';
import type { TakenCommit } from '../../groups/follow-members.js';
import type { MemberRecord } from '../../groups/group-record.js';
import type { GroupRule } from '../../groups/group-rule.js';
import { between, type RuleCase } from './rule-case.js';
import {
  alice,
  bob,
  breaks,
  carol,
  type Circumstances,
  dave,
  DS,
  everyone,
  gone,
  leafOf,
  member,
  policy,
  proposedFor,
  senders,
} from './roles.js';

type PolicyRule = Extract<GroupRule, `client.policy.${string}`>;

/** A commit, whom it leads to, and what else there was and is. */
type Change = readonly [Partial<TakenCommit>, readonly MemberRecord[], Circumstances?];

const judge = (change: Change): Outcome<void> => {
  const rule = breaks(...change);
  return rule === undefined ? done() : refuse('INVALID_GROUP', { rule });
};
const changing = (breaking: Change, keeping: Change): RuleCase => between(judge, breaking, keeping);

const [byAdmin, byMember] = [{ committer: alice.leaf }, { committer: bob.leaf }];
const addition = { added: [leafOf(dave)] };
const joiner = member(1, 9);
const join: Partial<TakenCommit> = { external: true, committer: 1, added: [leafOf(joiner)] };
const back: MemberRecord = { ...alice, leaf: 3 };
const resync: Partial<TakenCommit> = {
  external: true,
  committer: back.leaf,
  updated: [{ before: leafOf(alice), after: leafOf(back) }],
};
const afterResync = [gone(alice), bob, carol, back];
const naming = (...admins: readonly MemberRecord[]): Circumstances => ({
  now: [senders(DS), policy(...admins)],
});
const open = { expected: undefined };

/** The commit that removes Alice, whose Remove the DS had proposed, from among these admins. */
const withoutAlice = (...admins: readonly MemberRecord[]): Change => [
  { removed: [leafOf(alice)], proposed: [proposedFor(alice)] },
  [gone(alice), bob, carol],
  { then: [senders(DS), policy(...admins)] },
];

/** Cases of what members may do in a group. */
export const policyCases: Record<PolicyRule, RuleCase> = {
  'client.policy.committer': changing(
    [{ ...addition, ...byMember }, [...everyone, dave]],
    [{ ...addition, ...byAdmin }, [...everyone, dave]],
  ),
  'client.policy.context': changing(
    [byMember, everyone, naming(alice, bob)],
    [byAdmin, everyone, naming(alice, bob)],
  ),
  'client.policy.extensions': changing(
    [byAdmin, everyone, { now: [senders(DS + 1), policy(alice)] }],
    [byAdmin, everyone, { now: [senders(DS), policy(alice)] }],
  ),
  'client.policy.newcomer': changing(
    [byAdmin, everyone, naming(alice, dave)],
    [byAdmin, everyone, naming(alice, carol)],
  ),
  'client.policy.admin': changing(withoutAlice(alice), withoutAlice(alice, bob)),
  'client.policy.open': changing(
    [join, [alice, joiner], { before: [alice] }],
    [join, [alice, joiner], { before: [alice], open }],
  ),
  'client.policy.external': changing(
    [{ ...resync, removed: [leafOf(bob)] }, afterResync],
    [resync, afterResync],
  ),
};
