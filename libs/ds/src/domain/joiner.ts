import { type AddedMember, keyPackageRef, type MlsCrypto, type Welcome } from '@phoenix/mls';
import { isLeafValidity, type SealedQueueConfig } from '@phoenix/wire';
import { enteringPseudonym } from './entering-leaf.js';
import { breaks, holds, type Judged } from './judged.js';
import { queueOf } from './queue-of.js';
import type { DsRuleId } from './rules.js';
import { checkWelcomeSize } from './sent-sizes.js';

/** What an inviter sends beside an Add commit. */
export interface Invitation {
  readonly welcome: Welcome;
  /** The Welcome's MLSMessage, as it came: attributions name its hash. */
  readonly welcomeBytes: Uint8Array;
  /** Encrypted attribution infos, in the order of the Adds. */
  readonly attributions: readonly Uint8Array[];
}

/** A client that a commit adds. */
export interface Joiner {
  readonly leafIndex: number;
  /** Its KeyPackageRef. */
  readonly ref: Uint8Array;
  readonly pseudonym: Uint8Array;
  readonly signatureKey: Uint8Array;
  readonly queue: SealedQueueConfig;
}

/** What KeyPackages are judged in. */
export interface JoinerContext {
  readonly crypto: MlsCrypto;
  readonly homeDomain: string;
  readonly nowMs: number;
}

/** The added clients, in the order of the Adds, if each KeyPackage is one of ours. */
export function joinersOf(added: readonly AddedMember[], context: JoinerContext): Judged<Joiner[]> {
  const joiners: Joiner[] = [];
  for (const member of added) {
    const joiner = joinerOf(member, context);
    if (!joiner.ok) return joiner;
    joiners.push(joiner.value);
  }
  return holds(joiners);
}

function joinerOf({ leafIndex, keyPackage }: AddedMember, context: JoinerContext): Judged<Joiner> {
  const { leafNode, extensions } = keyPackage;
  const { source, signatureKey } = leafNode;
  if (source.type !== 'key_package' || !isLeafValidity(source.lifetime)) return breaks('ds.add.lifetime');
  const pseudonym = enteringPseudonym(leafNode, context.nowMs);
  if (pseudonym === undefined) return breaks('ds.leaf.credential');
  const queue = queueOf(extensions, context.homeDomain);
  if (!queue.ok) return queue;
  const ref = keyPackageRef(context.crypto, keyPackage);
  return holds({ leafIndex, ref, pseudonym, signatureKey, queue: queue.value });
}

/** Whether Welcome and attributions fit the Adds one to one, and the Welcome is no longer than it has to be. */
export function checkInvitation(
  joiners: readonly Joiner[],
  { welcome, welcomeBytes, attributions }: Invitation,
): DsRuleId | undefined {
  if (attributions.length !== joiners.length) return 'ds.add.attribution-match';
  const hex = (ref: Uint8Array): string => Buffer.from(ref).toString('hex');
  const invited = welcome.secrets.map(({ newMember }) => hex(newMember)).sort();
  const added = joiners.map(({ ref }) => hex(ref)).sort();
  const isMatch = invited.length === added.length && invited.every((ref, i) => ref === added[i]);
  return isMatch ? checkWelcomeSize(welcomeBytes, joiners.length) : 'ds.add.welcome-match';
}
