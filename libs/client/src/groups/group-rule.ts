import { type Outcome, refuse } from '@phoenix/wire';

/** What a client holds a group's commits and its DS to besides credentials (docs/protocol §7); see CREDENTIAL_RULES for those. */
export const GROUP_RULES = {
  'client.policy.committer':
    'who adds or removes others is an admin, or commits what they or the DS proposed',
  'client.policy.context': "who changes the group's admins is one, or drops those who are gone",
  'client.policy.extensions': "a commit leaves the group's external senders and other extensions as they are",
  'client.policy.newcomer': 'who is made an admin is in the group',
  'client.policy.admin': 'a listed admin is in the group',
  'client.policy.open': 'who joins by itself joins an open group of one, and is whom its creator expects',
  'client.policy.external': 'a commit from outside brings one client in, or back, and nothing else',
  'client.leaf.pseudonym': 'a pseudonym is of one leaf at a time',
  'client.resync.epoch': 'who comes back comes back to a later epoch than it has seen',
  'client.resync.group': 'what the DS tells of a group is valid, of this group and under its key',
  'client.offer.member': 'the one member of an open group is who offered it',
} as const;

export type GroupRule = keyof typeof GROUP_RULES;

/** The refusal of a group that breaks a rule. */
export function invalidGroup(rule: GroupRule): Outcome<never> {
  return refuse('INVALID_GROUP', { rule });
}
