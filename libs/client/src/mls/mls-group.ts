import type { MlsExtension, OwnLeaf } from './mls-engine.js';

export interface MlsMember {
  readonly leaf: number;
  /** The identity of its basic credential. */
  readonly identity: Uint8Array;
  readonly signatureKey: Uint8Array;
}

/**
 * What a commit did to the membership; `updated` are members whose credential or key is another one now. With a resync that
 * is the one who came back, and `after` may have another leaf index than `before` (RFC 9420 §12.4.3.2).
 */
export interface MemberChanges {
  readonly added: readonly MlsMember[];
  readonly removed: readonly MlsMember[];
  readonly updated: readonly { readonly before: MlsMember; readonly after: MlsMember }[];
}

/**
 * A Remove that was proposed in this epoch and waits for a commit: of its own sender, who wants to leave, or by the
 * delivery service (docs/protocol §7). There are no other proposals.
 */
export interface PendingProposal {
  /** The leaf that it removes. */
  readonly removes: number;
  readonly sender: 'member' | 'external';
  /** MLSMessage with a PublicMessage. */
  readonly message: Uint8Array;
}

/**
 * What became of a received proposal.
 * - `stored`: it waits for a commit.
 * - `repeated`: it does so already.
 * - `past`: its epoch is over.
 * - `future`: commits before it are missing.
 * - `refused`: not a proposal that this group takes. Should the DS hold it nevertheless, no member can commit any more, and
 *   a resync is the way out: the DS proposes by itself what an external commit has left.
 */
export type ProposalOutcome = 'stored' | 'repeated' | 'past' | 'future' | 'refused';

/** A commit to make. Without adds, or with a new leaf, it carries an update path. */
export interface CommitRequest {
  readonly authenticatedData: Uint8Array;
  /** Whether to commit, by reference, the pending proposals: one for each leaf. */
  readonly commitPending?: boolean;
  /** Bare KeyPackages to add, in this order. */
  readonly add?: readonly Uint8Array[];
  /** Leaf indices to remove; those that a pending proposal removes in the same commit are passed over. */
  readonly remove?: readonly number[];
  /** The GroupContext extensions from the next epoch on; all of them. */
  readonly groupContextExtensions?: readonly MlsExtension[];
  /** Another credential and key for the own leaf. */
  readonly newLeaf?: OwnLeaf;
  /** GroupInfo extensions for the Welcome alone: 0xF0A1. */
  readonly welcomeExtensions?: readonly MlsExtension[];
}

/** A commit that has been made and not yet taken: it is what the DS gets. */
export interface StagedCommit {
  /** MLSMessage with a PublicMessage. */
  readonly commit: Uint8Array;
  /** MLSMessage with a Welcome, where there are adds; it holds no ratchet tree. */
  readonly welcome: Uint8Array | undefined;
  /** The next epoch's GroupInfo but for what the DS knows: `Extension extensions<V>` with external_pub, and the signature. */
  readonly groupInfoUpdate: { readonly extensions: Uint8Array; readonly signature: Uint8Array };
  /** The epoch that it leads to. */
  readonly epoch: bigint;
}

/**
 * What became of a received commit.
 * - `applied`: another's; a commit of ours that was pending is gone, and so are the pending proposals.
 * - `merged`: it was our pending one.
 * - `removed`: it put us out; the group can still read its last epochs, nothing else. With `external` someone took our
 *   place under our pseudonym: we ourselves, from another state.
 * - `past`: its epoch is over, as with the echo of a commit merged when the DS had accepted it.
 * - `future`: commits before it are missing.
 * - `refused`: nothing has changed. `undecryptable` where all that a server can check holds, and its member's membership tag, but the
 *   secrets do not fit: the DS may well have accepted it, and then the others go on without us until we resync.
 * - `untagged`: the same, but the membership tag does not hold either (RFC 9420 §6.2): a server may have changed it on the way.
 */
export type CommitOutcome =
  | ({ readonly kind: 'applied' | 'merged'; readonly authenticatedData: Uint8Array } & CommitOrigin &
      MemberChanges)
  | ({ readonly kind: 'removed' } & CommitOrigin)
  | { readonly kind: 'past' | 'future' | 'untagged' }
  | { readonly kind: 'refused'; readonly undecryptable: boolean };

/** Who made a commit, and what others had proposed for it. */
export interface CommitOrigin {
  /** The leaf that made it; of an external commit the one that it took. */
  readonly committer: number;
  /** Whether it came from outside: a join, where there is someone in `added`, or a resync, where in `updated`. */
  readonly external: boolean;
  /** The pending proposals that it committed by reference; their members are among the removed. */
  readonly proposed: readonly PendingProposal[];
}

export interface ApplicationMessage {
  readonly kind: 'message';
  /** The sender as it was in the message's epoch: its leaf may be someone else's by now. */
  readonly sender: MlsMember;
  readonly epoch: bigint;
  readonly authenticatedData: Uint8Array;
  readonly content: Uint8Array;
}

/**
 * A received application message, or why there is none: `repeated` (read before, or its key is no longer kept), `past`
 * (an epoch no longer kept), `future` (commits before it are missing), `refused` (not a valid message of this group).
 */
export type MessageOutcome =
  ApplicationMessage | { readonly kind: 'repeated' | 'past' | 'future' | 'refused' };

/** One group as one member has it. Operations on it run one after another, however they are called. */
export interface MlsGroup {
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  readonly ownLeaf: number;
  /** False once a commit has put us out. */
  readonly active: boolean;
  /** The commit that waits for the DS's word, for sending it again. */
  readonly pendingCommit: StagedCommit | undefined;

  members(): readonly MlsMember[];
  /** What has been proposed in this epoch, in the order in which it came. */
  pendingProposals(): readonly PendingProposal[];
  /** The encoded `GroupContext` (RFC 9420 §8.1). */
  groupContext(): Uint8Array;
  /** `optional<Node> ratchet_tree<V>` (RFC 9420 §12.4.3.3). */
  ratchetTree(): Uint8Array;
  /** MLSMessage with this epoch's GroupInfo, signed by us, with external_pub and without the tree. */
  groupInfo(): Promise<Uint8Array>;
  /** `epoch_authenticator` (RFC 9420 §8.7): equal for members that agree. */
  epochAuthenticator(): Uint8Array;

  /**
   * Makes a commit without taking it; the one before it is dropped. Undefined where a KeyPackage or another proposal does
   * not hold up in this group, as when a pending one that is to be committed removes us; throws once we are out of it.
   */
  stageCommit(request: CommitRequest): Promise<StagedCommit | undefined>;
  /** Takes the pending commit: the DS has accepted it. Throws where there is none. */
  mergePendingCommit(): Promise<CommitOutcome>;
  /** Drops the pending commit, if any: the DS has refused it. */
  discardPendingCommit(): Promise<void>;
  /**
   * Handles a commit (MLSMessage) from the queue, our own included.
   * @param acceptedAtMs when the DS accepted it (UTC milliseconds): lifetimes of what it adds counted then
   * @param nextContext the encoded GroupContext that it has to lead to, for who knows: the gatekeeper, of its engine
   */
  processCommit(commit: Uint8Array, acceptedAtMs: number, nextContext?: Uint8Array): Promise<CommitOutcome>;

  /**
   * Handles a proposal (MLSMessage) from the queue or from a PROPOSALS_PENDING, our own included.
   * @param acceptedAtMs when the DS accepted it (UTC milliseconds)
   */
  processProposal(proposal: Uint8Array, acceptedAtMs: number): Promise<ProposalOutcome>;
  /**
   * MLSMessage with a Remove of our own leaf, for another member to commit; the same one again until this epoch is over.
   * It is pending here from now on, so store the group before it is sent. Throws once we are out.
   */
  proposeSelfRemove(authenticatedData: Uint8Array): Promise<Uint8Array>;
  /** Forgets that proposal, if any: the DS has refused it. Had it taken it after all, the queue brings it back. */
  withdrawSelfRemove(): Promise<void>;

  /**
   * MLSMessage with a PrivateMessage. Throws while proposals are pending: a member that has seen one commits it before it
   * sends anything (RFC 9420 §12.4). The content is not padded here. Store the group before the message is sent: from an
   * older state the next one would be encrypted with the same key.
   */
  encrypt(content: Uint8Array, authenticatedData: Uint8Array): Promise<Uint8Array>;
  decrypt(message: Uint8Array): Promise<MessageOutcome>;

  /** Everything, secrets, pending commit and pending proposals included, for a ClientStore. Secret. */
  serialize(): Promise<Uint8Array>;
}
