import { externalSendersCodec, ExtensionType } from '@phoenix/mls';
import {
  done,
  encode,
  EXTENSION_GROUP_POLICY,
  formatUuid,
  type GroupId,
  groupPolicy,
  memberKeySet,
  type Outcome,
  parseUuid,
  refuse,
  sealedQueueConfig,
  utf8,
} from '@phoenix/wire';
import type { Account } from '../account/account.js';
import type { ClientContext } from '../client-context.js';
import { wrapMemberKeys } from '../credentials/member-key-set.js';
import type { MlsExtension } from '../mls/mls-engine.js';
import { drawLeaf, type DrawnLeaf } from '../packages/draw-leaf.js';
import { queueConfigSealer } from '../packages/seal-queue-config.js';
import * as ds from '../services/ds-operations.js';
import { formatGroupName, mlsGroupIdOf } from './group-name.js';
import type { GroupRecord, Openness } from './group-record.js';
import { leafKey } from './leaf-key.js';
import { selfAt } from './own-member.js';
import type { LiveGroup, Session } from './session.js';

/**
 * Creates a group of one, us its admin, at the home domain's DS; with `open` whoever has its keys may join it, once. `stage` puts into the
 * session's work what is to be saved in one batch with the group. Source: docs/protocol §7.
 */
export async function createGroup(
  session: Session,
  account: Account,
  open?: Openness,
  stage: (live: LiveGroup) => void = () => undefined,
): Promise<Outcome<LiveGroup>> {
  const { context } = session;
  const sealer = await queueConfigSealer(context, account.qsClient);
  const dsKey = await context.ds.call(ds.dsVerifyingKey);
  const granted = await context.ds.call(ds.requestGroupId);
  if (!sealer.ok) return sealer;
  if (!dsKey.ok) return dsKey;
  if (!granted.ok) return granted;
  const uuid = parseUuid(granted.value.groupId);
  if (uuid === undefined) return refuse('INTERNAL', { rule: 'client.answer' });
  const own = drawLeaf(context.crypto, account, context.clock.now());
  const id = { uuid, domain: context.domain };
  const live = await groupOfOne(context, account, own, { id, dsKey: dsKey.value, open });
  const { keys } = live.record;
  const owner = { groupId: mlsGroupIdOf(id), pseudonym: own.leaf.pseudonym };
  const ownKeys = { linkKey: own.leaf.linkKey, profileKey: account.friendship.profileKey };
  const input = {
    groupId: formatUuid(uuid),
    ticket: granted.value.ticket,
    earKey: keys.earKey,
    groupInfo: await live.mls.groupInfo(),
    ratchetTree: live.mls.ratchetTree(),
    memberKeys: encode(memberKeySet, wrapMemberKeys(context.crypto, keys, owner, ownKeys)),
    queueConfig: encode(sealedQueueConfig, sealer.value()),
    open: open !== undefined,
  };
  const created = await context.ds.call(ds.createGroup, input, leafKey(live));
  if (!created.ok) return created;
  session.adopt(live);
  stage(live);
  await session.save();
  return done(live);
}

async function groupOfOne(
  { crypto, engine }: ClientContext,
  account: Account,
  { leaf, identity, lifetime }: DrawnLeaf,
  {
    id,
    dsKey,
    open,
  }: { readonly id: GroupId; readonly dsKey: Uint8Array; readonly open: Openness | undefined },
): Promise<LiveGroup> {
  const extensions = groupContextExtensions(id.domain, dsKey, leaf.pseudonym);
  const request = {
    groupId: mlsGroupIdOf(id),
    identity,
    signatureKeys: leaf.signatureKeys,
    lifetime,
    extensions,
  };
  const mls = await engine.createGroup(request);
  const { random } = crypto;
  const record: GroupRecord = {
    id,
    keys: { earKey: random.bytes(32), credentialKey: random.bytes(32), profileKeyWrapper: random.bytes(32) },
    status: 'active',
    leaf,
    nextLeaf: undefined,
    rotateFirst: 0,
    members: [selfAt(0, leaf, account)],
    pending: undefined,
    open,
    leaving: 0,
    ticket: undefined,
    read: [],
    mls: new Uint8Array(),
  };
  return { name: formatGroupName(id), record, mls };
}

/** Exactly the DS's key may propose from outside, so that it can propose to remove who is gone (docs/protocol §7). */
function groupContextExtensions(domain: string, dsKey: Uint8Array, creator: Uint8Array): MlsExtension[] {
  const dsSender = { signatureKey: dsKey, credential: { type: 'basic' as const, identity: utf8(domain) } };
  return [
    { type: ExtensionType.externalSenders, data: encode(externalSendersCodec, [dsSender]) },
    { type: EXTENSION_GROUP_POLICY, data: encode(groupPolicy, { admins: [creator] }) },
  ];
}
