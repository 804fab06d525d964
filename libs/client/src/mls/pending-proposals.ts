import { equal } from '@phoenix/wire';
import {
  bytesToBase64,
  createProposal,
  emptyPskIndex,
  processPublicMessage,
  type CiphersuiteImpl,
  type ClientState,
  type FramedContent,
} from 'ts-mls';
import { base64ToBytes } from 'ts-mls/util/byteArray.js';
import { attempt } from './attempt.js';
import { readMessage, writeMessage } from './mls-bytes.js';
import type { PendingProposal, ProposalOutcome } from './mls-group.js';

/** A pending proposal with the `ProposalRef` (RFC 9420 §5.2) by which ts-mls holds it among its unapplied ones. */
export interface HeldProposal extends PendingProposal {
  readonly ref: Uint8Array;
}

/** A group's live state and what has been proposed in its epoch. */
export interface LiveGroup {
  readonly live: ClientState;
  readonly proposals: readonly HeldProposal[];
}

/** Handles a received proposal (MLSMessage); `next` is there where it is stored. */
export async function storeProposal(
  suite: CiphersuiteImpl,
  { live, proposals }: LiveGroup,
  bytes: Uint8Array,
): Promise<{ outcome: ProposalOutcome; next?: LiveGroup }> {
  const message = readMessage(bytes, 'mls_public_message')?.publicMessage;
  if (message === undefined || !equal(message.content.groupId, live.groupContext.groupId))
    return { outcome: 'refused' };
  const removal = removalIn(message.content);
  if (removal === undefined) return { outcome: 'refused' };
  const { epoch } = live.groupContext;
  if (message.content.epoch !== epoch) return { outcome: message.content.epoch < epoch ? 'past' : 'future' };
  const result = await attempt(() => processPublicMessage(live, message, emptyPskIndex, suite));
  if (result === undefined) return { outcome: 'refused' };
  const ref = newRef(live, result.newState);
  if (ref === undefined) return { outcome: 'repeated' };
  if (proposals.some((held) => held.removes === removal.removes && held.sender === removal.sender))
    return { outcome: 'refused' };
  const held = { ...removal, message: bytes.slice(), ref };
  return { outcome: 'stored', next: { live: result.newState, proposals: [...proposals, held] } };
}

/** A Remove of our own leaf, stored. */
export async function proposeOwnRemoval(
  suite: CiphersuiteImpl,
  { live, proposals }: LiveGroup,
  authenticatedData: Uint8Array,
): Promise<{ message: Uint8Array; next: LiveGroup }> {
  const removes = live.privatePath.leafIndex;
  const proposal = { proposalType: 'remove' as const, remove: { removed: removes } };
  const made = await createProposal(live, true, proposal, suite, authenticatedData);
  if (made.message.wireformat !== 'mls_public_message') throw new TypeError('asked for a PublicMessage');
  const message = writeMessage(made.message);
  const ref = newRef(live, made.newState);
  if (ref === undefined) throw new Error('the same removal has been proposed before');
  const held = { removes, sender: 'member' as const, message, ref };
  return { message, next: { live: made.newState, proposals: [...proposals, held] } };
}

/** Without what is ts-mls's own. */
export function pendingProposal({ removes, sender, message }: HeldProposal): PendingProposal {
  return { removes, sender, message };
}

/** Whether the member at this leaf wants to leave by it. */
export function isBy(leaf: number): (proposal: PendingProposal) => boolean {
  return ({ removes, sender }) => removes === leaf && sender === 'member';
}

/** What one commit may take: the first proposal for each leaf (RFC 9420 §12.2). */
export function committable(proposals: readonly HeldProposal[]): HeldProposal[] {
  return proposals.filter(
    ({ removes }, i) => proposals.findIndex((other) => other.removes === removes) === i,
  );
}

/** The state in which only these are proposed: ts-mls commits all that there are. */
export function withProposals(live: ClientState, proposals: readonly HeldProposal[]): ClientState {
  const refs = new Set(proposals.map(({ ref }) => bytesToBase64(ref)));
  const unapplied = Object.entries(live.unappliedProposals).filter(([ref]) => refs.has(ref));
  return { ...live, unappliedProposals: Object.fromEntries(unapplied) };
}

/** The two kinds of proposals that there are: who leaves says so itself, and the delivery service removes whom it may. */
function removalIn(content: FramedContent): Pick<PendingProposal, 'removes' | 'sender'> | undefined {
  if (content.contentType !== 'proposal') return undefined;
  const { proposal, sender } = content;
  if (proposal.proposalType !== 'remove' || !('remove' in proposal)) return undefined;
  const removes = proposal.remove.removed;
  if (sender.senderType === 'external') return { removes, sender: 'external' };
  return sender.senderType === 'member' && sender.leafIndex === removes
    ? { removes, sender: 'member' }
    : undefined;
}

function newRef(before: ClientState, after: ClientState): Uint8Array | undefined {
  const ref = Object.keys(after.unappliedProposals).find((key) => !(key in before.unappliedProposals));
  return ref === undefined ? undefined : base64ToBytes(ref);
}
