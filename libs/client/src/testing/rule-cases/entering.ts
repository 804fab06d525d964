import { commitAad, encode, type GroupKeys, type MemberKeySet } from '@phoenix/wire';
import type { Account } from '../../account/account.js';
import { wrapMemberKeys } from '../../credentials/member-key-set.js';
import type { TakenCommit } from '../../groups/follow-members.js';
import type { MemberRecord } from '../../groups/group-record.js';
import { type MemberJudgement, verifyMember } from '../../groups/verify-member.js';
import type { MlsMember } from '../../mls/mls-group.js';
import { drawLeaf } from '../../packages/draw-leaf.js';
import { crypto, fresh, judgement, mustHold, NOW } from './home-domain.js';

const groupId = fresh(28);
export const groupKeys: GroupKeys = {
  earKey: fresh(),
  credentialKey: fresh(),
  profileKeyWrapper: fresh(),
};
/** What the leaves of one group are judged by, where nobody is known from before. */
export const memberJudgement: MemberJudgement = {
  ...judgement,
  crypto,
  groupId,
  keys: groupKeys,
  knownKeys: new Map(),
  successions: new Map(),
};

export interface Entering {
  readonly member: MlsMember;
  readonly keySet: MemberKeySet;
}

/** Someone's fresh leaf, with the key set that is to come with it. */
export function enters(account: Account, leaf: number, keep: { pseudonym?: Uint8Array } = {}): Entering {
  const drawn = drawLeaf(crypto, account, NOW, keep);
  const { pseudonym, linkKey, signatureKeys } = drawn.leaf;
  const profileKey = account.friendship.profileKey;
  return {
    member: { leaf, identity: drawn.identity, signatureKey: signatureKeys.publicKey },
    keySet: wrapMemberKeys(crypto, groupKeys, { groupId, pseudonym }, { linkKey, profileKey }),
  };
}

/** The same once it is in. */
export const present = ({ member, keySet }: Entering): MemberRecord =>
  mustHold(verifyMember(memberJudgement, member, keySet));

const nothing = { removed: [], external: false, proposed: [] };

/** The commit of leaf 0 that adds these, with their key sets or with others. */
export const adds = (
  entering: readonly Entering[],
  keySets = entering.map(({ keySet }) => keySet),
): TakenCommit => ({
  ...nothing,
  kind: 'applied',
  committer: 0,
  authenticatedData: encode(commitAad, { added: keySets, own: undefined, ownQueueConfig: undefined }),
  added: entering.map(({ member }) => member),
  updated: [],
});

/** The commit by which a leaf becomes another one. */
export const updates = (before: Entering, after: Entering, committer = after.member.leaf): TakenCommit => ({
  ...nothing,
  kind: 'applied',
  committer,
  authenticatedData: encode(commitAad, { added: [], own: after.keySet, ownQueueConfig: undefined }),
  added: [],
  updated: [{ before: before.member, after: after.member }],
});
