import type { CredentialRule } from '../../credentials/credential-rule.js';
import { followMembers, type TakenCommit } from '../../groups/follow-members.js';
import { accountOf } from '../account-of.js';
import { adds, enters, memberJudgement, present, updates } from './entering.js';
import { authority, crypto } from './home-domain.js';
import { between, type RuleCase } from './rule-case.js';

type MembersRule = Extract<
  CredentialRule,
  'client.leaf.owner' | 'client.leaf.pseudonym' | 'client.key-set.count'
>;

const someone = () => accountOf(crypto, authority.client());
const [bobsAccount, carolsAccount] = [someone(), someone()];
const [alice, bob, carol] = [enters(someone(), 0), enters(bobsAccount, 1), enters(carolsAccount, 2)];
const before = [present(alice), present(bob)];
const { pseudonym } = present(bob);

const following = (breaking: TakenCommit, keeping: TakenCommit): RuleCase =>
  between((commit) => followMembers(memberJudgement, before, commit, 5n), breaking, keeping);

/** Cases of whom a commit leads to. */
export const membersCases: Record<MembersRule, RuleCase> = {
  'client.leaf.owner': following(
    updates(bob, enters(carolsAccount, 1)),
    updates(bob, enters(bobsAccount, 1)),
  ),
  'client.leaf.pseudonym': following(adds([enters(carolsAccount, 2, { pseudonym })]), adds([carol])),
  'client.key-set.count': following(adds([carol], [carol.keySet, carol.keySet]), adds([carol])),
};
