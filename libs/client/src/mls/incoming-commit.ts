import { equal } from '@phoenix/wire';
import { emptyPskIndex, processPublicMessage, type CiphersuiteImpl, type ClientState } from 'ts-mls';
import { attempt } from './attempt.js';
import { succeed } from './epoch-retention.js';
import { memberChanges } from './members.js';
import { readMessage } from './mls-bytes.js';
import type { CommitOutcome } from './mls-group.js';

/** The outcome of a commit, and the state to go on with where it changed. */
export interface HandledCommit {
  readonly outcome: CommitOutcome;
  readonly next?: ClientState;
}

/** Applies another member's commit (MLSMessage) to the live state. */
export async function applyCommit(
  suite: CiphersuiteImpl,
  live: ClientState,
  bytes: Uint8Array,
): Promise<HandledCommit> {
  const message = readMessage(bytes, 'mls_public_message')?.publicMessage;
  const { groupContext } = live;
  if (message?.content.contentType !== 'commit' || message.content.sender.senderType !== 'member')
    return REFUSED;
  if (!equal(message.content.groupId, groupContext.groupId)) return REFUSED;
  if (message.content.epoch !== groupContext.epoch)
    return { outcome: { kind: message.content.epoch < groupContext.epoch ? 'past' : 'future' } };
  const removed = new Set<number>();
  const result = await attempt(() =>
    processPublicMessage(live, message, emptyPskIndex, suite, (incoming) => {
      const proposals = incoming.kind === 'commit' ? incoming.proposals : [];
      for (const { proposal } of proposals)
        if (proposal.proposalType === 'remove' && 'remove' in proposal) removed.add(proposal.remove.removed);
      return 'accept';
    }),
  );
  if (result === undefined) return REFUSED;
  const committer = message.content.sender.leafIndex;
  const next = result.newState;
  // What we could read until now we still can: ts-mls's own state has lost the tree of that epoch.
  if (next.groupActiveState.kind === 'removedFromGroup')
    return {
      outcome: { kind: 'removed', committer },
      next: { ...live, groupActiveState: next.groupActiveState },
    };
  const changes = memberChanges(live.ratchetTree, next.ratchetTree, removed);
  const { authenticatedData } = message.content;
  return {
    outcome: { kind: 'applied', committer, authenticatedData, ...changes },
    next: succeed(live, next),
  };
}

const REFUSED: HandledCommit = { outcome: { kind: 'refused' } };
