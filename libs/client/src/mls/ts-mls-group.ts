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
import type { CommitOutcome, CommitRequest, MessageOutcome, MlsGroup, StagedCommit } from './mls-group.js';
import { makeCommit, type PendingCommit } from './outgoing-commit.js';
import { SerialQueue } from './serial-queue.js';

/**
 * A group on ts-mls, whose states are values: `live` is where the group is, a pending commit holds where it may go.
 * Only what the DS has accepted becomes live.
 */
export class TsMlsGroup implements MlsGroup {
  private readonly queue = new SerialQueue();
  private live: ClientState;
  private pending: PendingCommit | undefined;

  constructor(
    private readonly suite: CiphersuiteImpl,
    { live, pending }: StoredGroup,
  ) {
    this.live = live;
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
        const made = await makeCommit(this.suite, this.live, request);
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

  processCommit(commit: Uint8Array): Promise<CommitOutcome> {
    return this.queue.run(async () => {
      if (this.pending && equal(commit, this.pending.staged.commit)) return this.merge(this.pending);
      const { outcome, next } = await applyCommit(this.suite, this.live, commit);
      if (next !== undefined) {
        this.dropPending();
        this.live = next;
      }
      return outcome;
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
    return this.queue.run(async () => serializeGroup({ live: this.live, pending: this.pending }));
  }

  private merge({ next, removed, authenticatedData }: PendingCommit): CommitOutcome {
    const changes = memberChanges(this.live.ratchetTree, next.ratchetTree, new Set(removed));
    this.live = succeed(this.live, next);
    this.pending = undefined;
    return { kind: 'merged', committer: this.ownLeaf, authenticatedData, ...changes };
  }

  private dropPending(): void {
    if (this.pending) wipeUnused(this.pending.next);
    this.pending = undefined;
  }
}
