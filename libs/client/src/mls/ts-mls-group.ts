import { equal } from '@phoenix/wire';
import { createGroupInfoWithExternalPub, type CiphersuiteImpl, type ClientState } from 'ts-mls';
import { encode } from 'ts-mls/codec/tlsEncoder.js';
import { groupContextEncoder } from 'ts-mls/groupContext.js';
import { encodeRatchetTree } from 'ts-mls/ratchetTree.js';
import { decryptMessage, encryptMessage } from './application-message.js';
import { isRefusal } from './attempt.js';
import { succeed, wipeUnused } from './epoch-retention.js';
import { serializeGroup, type StoredGroup } from './group-serialization.js';
import { applyCommit } from './incoming-commit.js';
import { memberChanges, membersOf } from './members.js';
import { writeMessage } from './mls-bytes.js';
import type {
  CommitOutcome,
  CommitRequest,
  MessageOutcome,
  MlsGroup,
  PendingProposal,
  ProposalOutcome,
  StagedCommit,
} from './mls-group.js';
import { makeCommit, type PendingCommit } from './outgoing-commit.js';
import {
  type HeldProposal,
  type LiveGroup,
  pendingProposal,
  proposeOwnRemoval,
  isBy,
  storeProposal,
  withProposals,
} from './pending-proposals.js';
import { SerialQueue } from './serial-queue.js';

/**
 * A group on ts-mls, whose states are values: `live` is where the group is, a pending commit holds where it may go.
 * Only what the DS has accepted becomes live.
 */
export class TsMlsGroup implements MlsGroup {
  private readonly queue = new SerialQueue();
  private live: ClientState;
  private proposals: readonly HeldProposal[];
  private pending: PendingCommit | undefined;

  constructor(
    private readonly suite: CiphersuiteImpl,
    { live, proposals, pending }: StoredGroup,
  ) {
    this.live = live;
    this.proposals = proposals;
    this.pending = pending;
  }

  get groupId(): Uint8Array {
    return this.live.groupContext.groupId;
  }

  get epoch(): bigint {
    return this.live.groupContext.epoch;
  }

  get ownLeaf(): number {
    return this.live.privatePath.leafIndex;
  }

  get active(): boolean {
    return this.live.groupActiveState.kind === 'active';
  }

  get pendingCommit(): StagedCommit | undefined {
    return this.pending?.staged;
  }

  members() {
    return membersOf(this.live.ratchetTree);
  }

  pendingProposals(): readonly PendingProposal[] {
    return this.proposals.map(pendingProposal);
  }

  groupContext(): Uint8Array {
    return encode(groupContextEncoder)(this.live.groupContext);
  }

  ratchetTree(): Uint8Array {
    return encodeRatchetTree(this.live.ratchetTree);
  }

  epochAuthenticator(): Uint8Array {
    return this.live.keySchedule.epochAuthenticator.slice();
  }

  groupInfo(): Promise<Uint8Array> {
    return this.queue.run(async () => {
      const groupInfo = await createGroupInfoWithExternalPub(this.live, [], this.suite);
      return writeMessage({ wireformat: 'mls_group_info', groupInfo });
    });
  }

  stageCommit(request: CommitRequest): Promise<StagedCommit | undefined> {
    return this.queue.run(async () => {
      try {
        const made = await makeCommit(this.suite, this.state(), request);
        this.dropPending();
        this.pending = made;
        return made.staged;
      } catch (error) {
        if (isRefusal(error)) return undefined;
        throw error;
      }
    });
  }

  mergePendingCommit(): Promise<CommitOutcome> {
    return this.queue.run(async () => {
      if (this.pending === undefined) throw new Error('no commit is pending');
      return this.merge(this.pending);
    });
  }

  discardPendingCommit(): Promise<void> {
    return this.queue.run(async () => this.dropPending());
  }

  processCommit(commit: Uint8Array, _acceptedAtMs: number, nextContext?: Uint8Array): Promise<CommitOutcome> {
    return this.queue.run(async () => {
      if (this.pending && equal(commit, this.pending.staged.commit)) return this.merge(this.pending);
      const { outcome, next } = await applyCommit(this.suite, this.state(), commit, nextContext);
      if (next !== undefined) {
        this.dropPending();
        this.take({ live: next, proposals: [] });
      }
      return outcome;
    });
  }

  processProposal(proposal: Uint8Array): Promise<ProposalOutcome> {
    return this.queue.run(async () => {
      const { outcome, next } = await storeProposal(this.suite, this.state(), proposal);
      if (next !== undefined) this.take(next);
      return outcome;
    });
  }

  proposeSelfRemove(authenticatedData: Uint8Array): Promise<Uint8Array> {
    return this.queue.run(async () => {
      if (!this.active) throw new Error('this member is out already');
      const before = this.proposals.find(isBy(this.ownLeaf));
      if (before !== undefined) return before.message;
      const { message, next } = await proposeOwnRemoval(this.suite, this.state(), authenticatedData);
      this.take(next);
      return message;
    });
  }

  withdrawSelfRemove(): Promise<void> {
    return this.queue.run(async () => {
      const isOwn = isBy(this.ownLeaf);
      const proposals = this.proposals.filter((proposal) => !isOwn(proposal));
      this.take({ live: withProposals(this.live, proposals), proposals });
    });
  }

  encrypt(content: Uint8Array, authenticatedData: Uint8Array): Promise<Uint8Array> {
    return this.queue.run(async () => {
      const { message, next } = await encryptMessage(this.suite, this.live, content, authenticatedData);
      this.live = next;
      return message;
    });
  }

  decrypt(message: Uint8Array): Promise<MessageOutcome> {
    return this.queue.run(async () => {
      const { outcome, next } = await decryptMessage(this.suite, this.live, message);
      if (next !== undefined) this.live = next;
      return outcome;
    });
  }

  serialize(): Promise<Uint8Array> {
    return this.queue.run(async () => serializeGroup({ ...this.state(), pending: this.pending }));
  }

  private merge({ next, removed, references, authenticatedData }: PendingCommit): CommitOutcome {
    const changes = memberChanges(this.live.ratchetTree, next.ratchetTree, new Set(removed));
    const proposed = this.proposals.filter(({ ref }) => references.some((other) => equal(ref, other)));
    this.take({ live: succeed(this.live, next), proposals: [] });
    this.pending = undefined;
    const origin = { committer: this.ownLeaf, external: false, proposed: proposed.map(pendingProposal) };
    return { kind: 'merged', authenticatedData, ...origin, ...changes };
  }

  private state(): LiveGroup {
    return { live: this.live, proposals: this.proposals };
  }

  private take({ live, proposals }: LiveGroup): void {
    this.live = live;
    this.proposals = proposals;
  }

  private dropPending(): void {
    if (this.pending) wipeUnused(this.pending.next);
    this.pending = undefined;
  }
}
