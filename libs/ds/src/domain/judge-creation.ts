import {
  createPublicGroup,
  type Extension,
  type GroupInfo,
  type LeafNode,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519,
  type MlsCrypto,
  type PublicGroup,
  type UnverifiedRatchetTree,
} from '@phoenix/mls';
import {
  encode,
  equal,
  groupId,
  isCurrent,
  isLeafValidity,
  type MemberKeySet,
  type SealedQueueConfig,
} from '@phoenix/wire';
import { listedAdmins } from './admins.js';
import { checkGroupInfo } from './check-group-info.js';
import { enteringPseudonym } from './entering-leaf.js';
import type { GroupFacts } from './group-facts.js';
import { breaks, holds, type Judged } from './judged.js';
import { KeySet } from './key-set.js';
import { homeQueue } from './queue-of.js';
import type { RosterLeaf } from './roster-leaves.js';
import type { DsRuleId } from './rules.js';
import { soleSender } from './sole-sender.js';
import { checkContextSize, checkKeySetSizes, checkLeafSizes } from './state-sizes.js';

/** A group as its creator asks for it. */
export interface GroupCreation {
  readonly groupInfo: GroupInfo;
  readonly tree: UnverifiedRatchetTree;
  readonly queue: SealedQueueConfig;
  readonly memberKeys: MemberKeySet;
}

export interface CreationContext {
  readonly crypto: MlsCrypto;
  readonly homeDomain: string;
  /** The UUID that the ticket is for. */
  readonly groupId: Uint8Array;
  /** The DS's own, which alone may send proposals from outside. */
  readonly verifyingKey: Uint8Array;
  readonly nowMs: number;
  readonly month: number;
}

/** A new group that holds. */
export interface JudgedGroup {
  readonly group: PublicGroup;
  readonly leaf: RosterLeaf;
  readonly facts: GroupFacts;
}

/** Checks a new group: its tree and GroupInfo by RFC 9420 §12.4.3.1, the rest by docs/protocol §7. */
export function judgeCreation(creation: GroupCreation, context: CreationContext): Judged<JudgedGroup> {
  const { groupInfo, tree } = creation;
  const cipherSuites = [MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519];
  const created = createPublicGroup(groupInfo, tree, { crypto: context.crypto, cipherSuites });
  if (!created.ok) return created;
  const rule =
    checkGroupInfo(groupInfo.extensions) ??
    checkKeySetSizes([creation.memberKeys]) ??
    checkContext(groupInfo, context) ??
    checkExternalSenders(groupInfo.groupContext.extensions, context.verifyingKey);
  if (rule !== undefined) return breaks(rule);
  const queue = homeQueue(creation.queue, context.homeDomain);
  return queue.ok ? judgeCreator(created.value, queue.value, context) : queue;
}

function judgeCreator(
  group: PublicGroup,
  queue: SealedQueueConfig,
  { nowMs, month: activeMonth }: CreationContext,
): Judged<JudgedGroup> {
  const [creator, ...others] = group.members();
  if (creator?.leafIndex !== 0 || others.length > 0) return breaks('ds.create.one-member');
  const pseudonym = enteringPseudonym(creator.leaf, nowMs);
  if (pseudonym === undefined) return breaks('ds.leaf.credential');
  const unfit = checkLeafSizes(group, [0]) ?? checkLifetime(creator.leaf, nowMs);
  if (unfit !== undefined) return breaks(unfit);
  const admins = listedAdmins(group.groupContext.extensions);
  if (admins === undefined) return breaks('ds.policy.form');
  const actorIsAdmin = new KeySet(admins).has(pseudonym);
  if (admins.length > 1) return breaks('ds.create.admins');
  const counts = { added: 0, removed: 0, members: 1, admins: actorIsAdmin ? 1 : 0 };
  const leaf = { pseudonym, signatureKey: creator.leaf.signatureKey, queue, activeMonth };
  return holds({ group, leaf, facts: { operation: 'createGroup', actorIsAdmin, ...counts } });
}

function checkContext({ groupContext }: GroupInfo, context: CreationContext): DsRuleId | undefined {
  const id = encode(groupId, { uuid: context.groupId, domain: context.homeDomain });
  if (!equal(groupContext.groupId, id)) return 'ds.create.group-id';
  if (groupContext.epoch !== 0n) return 'ds.create.epoch';
  return checkContextSize(groupContext.extensions);
}

/** A tree is not asked for lifetimes (RFC 9420 §12.4.3.1); a leaf that enters is, here as in an Add. */
function checkLifetime({ source }: LeafNode, nowMs: number): DsRuleId | undefined {
  const holds =
    source.type === 'key_package' && isLeafValidity(source.lifetime) && isCurrent(source.lifetime, nowMs);
  return holds ? undefined : 'ds.create.lifetime';
}

function checkExternalSenders(
  extensions: readonly Extension[],
  verifyingKey: Uint8Array,
): DsRuleId | undefined {
  const sender = soleSender(extensions);
  return sender !== undefined && equal(sender, verifyingKey) ? undefined : 'ds.create.external-senders';
}
