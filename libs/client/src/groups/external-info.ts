import { groupContextCodec, mlsMessageCodec } from '@phoenix/mls';
import { decode, done, encode, equal, formatUuid, type Outcome, tryDecode } from '@phoenix/wire';
import { type ExternalCommitInfo, externalCommitInfo } from '../services/ds-operations.js';
import type { OwnLeaf } from '../packages/own-leaf.js';
import type { RequestKey } from '../transport/request-signer.js';
import type { GroupRecord } from './group-record.js';
import { invalidGroup } from './group-rule.js';
import { leafKey } from './leaf-key.js';
import type { LiveGroup, Session } from './session.js';

/** What the DS tells of a group's current epoch, and as whom it told us; nothing of it is verified but its form. */
export interface ToldGroup {
  readonly info: ExternalCommitInfo;
  /** The encoded GroupContext. */
  readonly context: Uint8Array;
  readonly epoch: bigint;
  /** The member that we asked as. */
  readonly signer: RequestKey | undefined;
}

/** What the DS tells a member, and the leaf by which it knows us. */
export interface ToldMember extends ToldGroup {
  readonly leaf: OwnLeaf;
}

/**
 * Asks as a member for what an external commit needs. Where a commit that was to replace our leaf may have been taken the DS knows us by
 * either key. Refuses with SIGNATURE_INVALID or NOT_FOUND when we are no member any more.
 */
export async function askAsMember(session: Session, live: LiveGroup): Promise<Outcome<ToldMember>> {
  const { leaf, nextLeaf } = live.record;
  const told = await askAs(session, live, leaf);
  if (told.ok || told.refusal.code !== 'SIGNATURE_INVALID' || nextLeaf === undefined) return told;
  return askAs(session, live, nextLeaf);
}

async function askAs(session: Session, live: LiveGroup, leaf: OwnLeaf): Promise<Outcome<ToldMember>> {
  const signer = { ...leafKey(live), privateKey: leaf.signatureKeys.privateKey };
  const told = await ask(session, live.record, signer);
  return told.ok ? done({ ...told.value, leaf }) : told;
}

/** Asks as a member, or without a key for an open group of which we know the EAR key. */
export async function ask(
  { context }: Session,
  { id, keys }: Pick<GroupRecord, 'id' | 'keys'>,
  signer?: RequestKey,
): Promise<Outcome<ToldGroup>> {
  const input = { groupId: formatUuid(id.uuid), earKey: keys.earKey };
  const told = await context.ds.call(externalCommitInfo, input, signer);
  if (!told.ok) return told;
  const message = tryDecode(() => decode(mlsMessageCodec, told.value.groupInfo));
  if (message?.type !== 'groupInfo') return invalidGroup('client.resync.group');
  const { groupContext } = message.groupInfo;
  const encoded = encode(groupContextCodec, groupContext);
  return done({ info: told.value, context: encoded, epoch: groupContext.epoch, signer });
}

/** Whether the DS is where we are. */
export function isInSync({ mls }: LiveGroup, { context }: ToldGroup): boolean {
  return equal(mls.groupContext(), context);
}
