import { commitAad, done, encode, equal, formatUuid, groupInfoUpdate, type Outcome } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { invalidCredential } from '../credentials/credential-rule.js';
import { wrapMemberKeys } from '../credentials/member-key-set.js';
import type { StagedExternalJoin } from '../mls/mls-engine.js';
import { drawLeaf } from '../packages/draw-leaf.js';
import type { OwnLeaf } from '../packages/own-leaf.js';
import { queueConfigSealer } from '../packages/seal-queue-config.js';
import { joinConnectionGroup, resyncClient } from '../services/ds-operations.js';
import { prepare } from '../services/operation.js';
import type { Entrance } from './entrance.js';
import type { ToldGroup } from './external-info.js';
import { hasUniquePseudonyms } from './follow-members.js';
import { hasAdmin } from './follow-policy.js';
import { mlsGroupIdOf } from './group-name.js';
import type { GroupRecord, MemberRecord } from './group-record.js';
import { invalidGroup } from './group-rule.js';
import { selfAt } from './own-member.js';
import type { Session } from './session.js';
import { verifyMembers } from './verify-members.js';

/** A group to enter: which, by what keys, and as whom the DS may propose from outside. */
export interface Entering extends Pick<GroupRecord, 'id' | 'keys'> {
  /** The leaf that we come back for; undefined to join. */
  readonly back: { readonly leaf: number; readonly pseudonym: Uint8Array } | undefined;
  /** Whom we knew there, to come back. */
  readonly members?: readonly MemberRecord[];
  /** The DS's verifying key. */
  readonly externalSender: Uint8Array;
}

/**
 * Makes the external commit by which we enter a group, and verifies everything as on joining before anything is sent: tree, every
 * member's leaf, that there is an admin. Changes nothing. Refuses with INVALID_GROUP or INVALID_CREDENTIAL.
 */
export async function makeEntrance(
  session: Session,
  account: Account,
  entering: Entering,
  { info, signer }: ToldGroup,
): Promise<Outcome<Entrance>> {
  const { crypto, clock, engine } = session.context;
  const { id, keys, back } = entering;
  const sealer = await queueConfigSealer(session.context, account.qsClient);
  if (!sealer.ok) return sealer;
  const groupId = mlsGroupIdOf(id);
  const keep = back === undefined ? {} : { pseudonym: back.pseudonym };
  const { leaf, identity } = drawLeaf(crypto, account, clock.now(), keep);
  const { profileKey } = account.friendship;
  const owner = { groupId, pseudonym: leaf.pseudonym };
  const own = wrapMemberKeys(crypto, keys, owner, { linkKey: leaf.linkKey, profileKey });
  const staged = await engine.joinByExternalCommit({
    groupInfo: info.groupInfo,
    ratchetTree: info.ratchetTree,
    ownLeaf: { identity, signatureKeys: leaf.signatureKeys },
    resync: back && { leaf: back.leaf },
    authenticatedData: encode(commitAad, { added: [], own, ownQueueConfig: sealer.value() }),
    externalSender: entering.externalSender,
  });
  if (staged === undefined || !equal(staged.group.groupId, groupId))
    return invalidGroup('client.resync.group');
  const others = await verifyMembers(
    session,
    entering,
    staged.group.members().filter((member) => member.leaf !== staged.ownLeaf),
    info.memberKeys,
  );
  if (!others.ok) return others;
  const self = selfAt(staged.ownLeaf, leaf, account);
  const members = [...others.value, self];
  if (!hasUniquePseudonyms(members)) return invalidCredential('client.leaf.pseudonym');
  if (!hasAdmin(staged.group, members)) return invalidCredential('client.policy.admin');
  const body = prepare(back === undefined ? joinConnectionGroup : resyncClient, {
    groupId: formatUuid(id.uuid),
    earKey: keys.earKey,
    commit: staged.commit,
    groupInfoUpdate: encode(groupInfoUpdate, staged.groupInfoUpdate),
  });
  const record = await recordOf(entering, leaf, members, staged);
  return done({
    body,
    signer: signer && { leaf: Number(signer.keyId.name), privateKey: signer.privateKey },
    commit: staged.commit,
    isReturn: back === undefined ? 0 : 1,
    record,
  });
}

async function recordOf(
  { id, keys }: Entering,
  leaf: OwnLeaf,
  members: MemberRecord[],
  { group }: StagedExternalJoin,
): Promise<GroupRecord> {
  return {
    id,
    keys,
    status: 'active',
    leaf,
    nextLeaf: undefined,
    rotateFirst: 0,
    members,
    pending: undefined,
    open: undefined,
    leaving: 0,
    ticket: undefined,
    read: [],
    mls: await group.serialize(),
  };
}
