import { equal } from '@phoenix/wire';
import {
  emptyPskIndex,
  processPublicMessage,
  type CiphersuiteImpl,
  type ClientState,
  type PublicMessage,
} from 'ts-mls';
import { verifyMembershipTag } from 'ts-mls/authenticatedContent.js';
import { encode } from 'ts-mls/codec/tlsEncoder.js';
import { type FramedContentCommit, toTbs } from 'ts-mls/framedContent.js';
import { groupContextEncoder } from 'ts-mls/groupContext.js';
import { attempt } from './attempt.js';
import { succeed } from './epoch-retention.js';
import { firstBlankLeaf, memberChanges } from './members.js';
import { readMessage } from './mls-bytes.js';
import type { CommitOutcome, MemberChanges } from './mls-group.js';
import { type LiveGroup, pendingProposal } from './pending-proposals.js';

/** The outcome of a commit, and the state to go on with where it changed. */
export interface HandledCommit {
  readonly outcome: CommitOutcome;
  readonly next?: ClientState;
}

/** A commit of the group's present epoch, by a member or from outside. */
interface CurrentCommit {
  readonly message: PublicMessage;
  readonly content: FramedContentCommit;
  /** Undefined for one from outside. */
  readonly member: number | undefined;
}

/** Applies another's commit (MLSMessage) to the live state; one that does not lead to `nextContext` is refused. */
export async function applyCommit(
  suite: CiphersuiteImpl,
  { live, proposals }: LiveGroup,
  bytes: Uint8Array,
  nextContext: Uint8Array | undefined,
): Promise<HandledCommit> {
  const commit = currentCommit(live, bytes);
  if ('kind' in commit) return { outcome: commit };
  const processed = await process(suite, live, commit.message);
  if (processed === undefined)
    return (await isTagged(suite, live, commit.message)) ? UNDECRYPTABLE : UNTAGGED;
  const { next, removed } = processed;
  const origin = {
    external: commit.member === undefined,
    proposed: proposals.filter(({ ref }) => names(commit.content, ref)).map(pendingProposal),
  };
  // What we could read until now we still can: ts-mls's own state has lost the tree of that epoch.
  if (next.groupActiveState.kind === 'removedFromGroup')
    return {
      outcome: { kind: 'removed', committer: commit.member ?? firstBlankLeaf(next.ratchetTree), ...origin },
      next: { ...live, groupActiveState: next.groupActiveState },
    };
  if (nextContext !== undefined && !equal(encode(groupContextEncoder)(next.groupContext), nextContext))
    return UNDECRYPTABLE;
  const plain = memberChanges(live.ratchetTree, next.ratchetTree, removed);
  const changes = origin.external ? asReturn(plain) : plain;
  const committer = commit.member ?? plain.added[0]?.leaf;
  if (committer === undefined) return REFUSED;
  const { authenticatedData } = commit.content;
  return {
    outcome: { kind: 'applied', committer, authenticatedData, ...origin, ...changes },
    next: succeed(live, next),
  };
}

const REFUSED: HandledCommit = { outcome: { kind: 'refused', undecryptable: false } };
const UNDECRYPTABLE: HandledCommit = { outcome: { kind: 'refused', undecryptable: true } };
const UNTAGGED: HandledCommit = { outcome: { kind: 'untagged' } };

function currentCommit({ groupContext }: ClientState, bytes: Uint8Array): CurrentCommit | CommitOutcome {
  const message = readMessage(bytes, 'mls_public_message')?.publicMessage;
  if (message === undefined) return REFUSED.outcome;
  const { content } = message;
  if (content.contentType !== 'commit' || !equal(content.groupId, groupContext.groupId))
    return REFUSED.outcome;
  const { sender, epoch } = content;
  if (sender.senderType !== 'member' && sender.senderType !== 'new_member_commit') return REFUSED.outcome;
  if (epoch !== groupContext.epoch) return { kind: epoch < groupContext.epoch ? 'past' : 'future' };
  return { message, content, member: sender.senderType === 'member' ? sender.leafIndex : undefined };
}

/** The state that ts-mls makes of a commit, and the leaves that its proposals remove. */
async function process(suite: CiphersuiteImpl, live: ClientState, message: PublicMessage) {
  const removed = new Set<number>();
  const result = await attempt(() =>
    processPublicMessage(live, message, emptyPskIndex, suite, (incoming) => {
      const proposals = incoming.kind === 'commit' ? incoming.proposals : [];
      for (const { proposal } of proposals)
        if (proposal.proposalType === 'remove' && 'remove' in proposal) removed.add(proposal.remove.removed);
      return 'accept';
    }),
  );
  return result && { next: result.newState, removed };
}

/**
 * Whether a member commit's membership tag holds (RFC 9420 §6.2). No signature covers the confirmation tag: a server that changes it has
 * a commit that nobody can take, under its member's signature. It cannot make the membership tag that goes with it.
 */
async function isTagged(suite: CiphersuiteImpl, live: ClientState, message: PublicMessage): Promise<boolean> {
  if (message.senderType !== 'member') return true;
  const { content, auth, membershipTag } = message;
  const contentTbs = toTbs(content, 'mls_public_message', live.groupContext);
  return verifyMembershipTag(live.keySchedule.membershipKey, { contentTbs, auth }, membershipTag, suite.hash);
}

function names({ commit }: FramedContentCommit, ref: Uint8Array): boolean {
  return commit.proposals.some(
    (entry) => entry.proposalOrRefType === 'reference' && equal(entry.reference, ref),
  );
}

/** An external commit adds one and removes at most one: who came back, in another leaf or the same. */
function asReturn({ added, removed, updated }: MemberChanges): MemberChanges {
  const [before, after] = [removed[0], added[0]];
  if (before === undefined || after === undefined) return { added, removed, updated };
  return { added: [], removed: [], updated: [{ before, after }] };
}
