import type { MlsExtension, OwnLeaf } from './mls-engine.js';

export interface MlsMember {
  readonly leaf: number;
  /** The identity of its basic credential. */
  readonly identity: Uint8Array;
  readonly signatureKey: Uint8Array;
}

/** What a commit did to the membership; `updated` are leaves whose credential or key is another one now. */
export interface MemberChanges {
  readonly added: readonly MlsMember[];
  readonly removed: readonly MlsMember[];
  readonly updated: readonly { readonly before: MlsMember; readonly after: MlsMember }[];
}

/** A commit to make. Without adds, or with a new leaf, it carries an update path. */
export interface CommitRequest {
  readonly authenticatedData: Uint8Array;
  /** Bare KeyPackages to add, in this order. */
  readonly add?: readonly Uint8Array[];
  /** Leaf indices to remove. */
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
 * - `applied`: another member's; a commit of ours that was pending is gone.
 * - `merged`: it was our pending one.
 * - `removed`: it put us out; the group can still read its last epochs, nothing else.
 * - `past`: its epoch is over, as with the echo of a commit merged when the DS had accepted it.
 * - `future`: commits before it are missing.
 * - `refused`: not valid in this group; nothing has changed.
 */
export type CommitOutcome =
  | ({
      readonly kind: 'applied' | 'merged';
      readonly committer: number;
      readonly authenticatedData: Uint8Array;
    } & MemberChanges)
  | { readonly kind: 'removed'; readonly committer: number }
  | { readonly kind: 'past' | 'future' | 'refused' };

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
   * not hold up in this group; throws once we are out of it.
   */
  stageCommit(request: CommitRequest): Promise<StagedCommit | undefined>;
  /** Takes the pending commit: the DS has accepted it. Throws where there is none. */
  mergePendingCommit(): Promise<CommitOutcome>;
  /** Drops the pending commit, if any: the DS has refused it. */
  discardPendingCommit(): Promise<void>;
  /**
   * Handles a commit (MLSMessage) from the queue, our own included.
   * @param acceptedAtMs when the DS accepted it (UTC milliseconds): lifetimes of what it adds counted then
   */
  processCommit(commit: Uint8Array, acceptedAtMs: number): Promise<CommitOutcome>;

  /**
   * MLSMessage with a PrivateMessage. The content is not padded here. Store the group before the message is sent: from an
   * older state the next one would be encrypted with the same key.
   */
  encrypt(content: Uint8Array, authenticatedData: Uint8Array): Promise<Uint8Array>;
  decrypt(message: Uint8Array): Promise<MessageOutcome>;

  /** Everything, secrets and pending commit included, for a ClientStore. Secret. */
  serialize(): Promise<Uint8Array>;
}
