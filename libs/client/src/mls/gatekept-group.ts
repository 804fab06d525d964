import { groupContextCodec, type PublicGroup, type PublicMessage, type StoredProposal } from '@phoenix/mls';
import { encode, equal } from '@phoenix/wire';
import type { Gatekeeper } from './gatekeeper.js';
import type {
  CommitOutcome,
  CommitRequest,
  MessageOutcome,
  MlsGroup,
  PendingProposal,
  ProposalOutcome,
  StagedCommit,
} from './mls-group.js';
import { beginningWith, type PublicStates, writeGatekeptGroup } from './public-states.js';
import { SerialQueue } from './serial-queue.js';

/** A group whose engine sees only what the public half of MLS has accepted. */
export class GatekeptGroup implements MlsGroup {
  private readonly queue = new SerialQueue();

  constructor(
    private readonly inner: MlsGroup,
    private readonly gatekeeper: Gatekeeper,
    private readonly nowMs: () => number,
    private states: PublicStates,
  ) {}

  get groupId(): Uint8Array {
    return this.inner.groupId;
  }

  get epoch(): bigint {
    return this.inner.epoch;
  }

  get ownLeaf(): number {
    return this.inner.ownLeaf;
  }

  get active(): boolean {
    return this.inner.active;
  }

  get pendingCommit(): StagedCommit | undefined {
    return this.inner.pendingCommit;
  }

  members() {
    return this.inner.members();
  }

  pendingProposals(): readonly PendingProposal[] {
    return this.inner.pendingProposals();
  }

  groupContext(): Uint8Array {
    return this.inner.groupContext();
  }

  ratchetTree(): Uint8Array {
    return this.inner.ratchetTree();
  }

  epochAuthenticator(): Uint8Array {
    return this.inner.epochAuthenticator();
  }

  groupInfo(): Promise<Uint8Array> {
    return this.queue.run(() => this.inner.groupInfo());
  }

  encrypt(content: Uint8Array, authenticatedData: Uint8Array): Promise<Uint8Array> {
    return this.queue.run(() => this.inner.encrypt(content, authenticatedData));
  }

  decrypt(message: Uint8Array): Promise<MessageOutcome> {
    return this.queue.run(async () => {
      if (this.gatekeeper.message(message, 'privateMessage') === undefined) return { kind: 'refused' };
      return this.inner.decrypt(message);
    });
  }

  stageCommit(request: CommitRequest): Promise<StagedCommit | undefined> {
    return this.queue.run(async () => {
      const now = this.nowMs();
      if (request.add?.some((bytes) => !this.gatekeeper.isKeyPackage(bytes, now))) return undefined;
      const staged = await this.inner.stageCommit(request);
      if (staged === undefined) return undefined;
      const pending = this.gatekeeper.ownCommit(this.states, staged, now);
      this.states = { ...this.states, pending };
      if (pending === undefined) await this.inner.discardPendingCommit();
      return pending && staged;
    });
  }

  mergePendingCommit(): Promise<CommitOutcome> {
    return this.queue.run(async () => {
      const outcome = await this.inner.mergePendingCommit();
      this.follow(this.states.pending);
      return outcome;
    });
  }

  discardPendingCommit(): Promise<void> {
    return this.queue.run(async () => {
      await this.inner.discardPendingCommit();
      this.states = { ...this.states, pending: undefined };
    });
  }

  processCommit(commit: Uint8Array, acceptedAtMs: number): Promise<CommitOutcome> {
    return this.queue.run(async () => {
      const own = this.inner.pendingCommit;
      if (own && equal(own.commit, commit)) return this.handOn(commit, acceptedAtMs, this.states.pending);
      const message = this.messageOf(commit);
      if (typeof message === 'string')
        return message === 'refused' ? { kind: message, undecryptable: false } : { kind: message };
      const followed = this.gatekeeper.commit(this.states, message, acceptedAtMs);
      return followed
        ? this.handOn(commit, acceptedAtMs, followed.group)
        : { kind: 'refused', undecryptable: false };
    });
  }

  processProposal(proposal: Uint8Array, acceptedAtMs: number): Promise<ProposalOutcome> {
    return this.queue.run(async () => {
      const message = this.messageOf(proposal);
      if (typeof message === 'string') return message;
      const verified = this.gatekeeper.proposal(this.states.current, message, acceptedAtMs);
      if (verified === undefined) return 'refused';
      const outcome = await this.inner.processProposal(proposal, acceptedAtMs);
      if (outcome === 'stored') this.propose(verified);
      return outcome;
    });
  }

  proposeSelfRemove(authenticatedData: Uint8Array): Promise<Uint8Array> {
    return this.queue.run(async () => {
      const known = this.inner.pendingProposals().length;
      const proposal = await this.inner.proposeSelfRemove(authenticatedData);
      if (this.inner.pendingProposals().length === known) return proposal;
      const message = this.messageOf(proposal);
      const verified =
        typeof message === 'string'
          ? undefined
          : this.gatekeeper.proposal(this.states.current, message, this.nowMs());
      if (verified === undefined) throw new Error('the engine has proposed what nobody would take');
      this.propose(verified);
      return proposal;
    });
  }

  withdrawSelfRemove(): Promise<void> {
    return this.queue.run(async () => {
      await this.inner.withdrawSelfRemove();
      const proposals = this.states.proposals.filter(
        ({ sender }) => sender.type !== 'member' || sender.leafIndex !== this.ownLeaf,
      );
      this.states = { ...this.states, proposals };
    });
  }

  serialize(): Promise<Uint8Array> {
    return this.queue.run(async () => {
      const engine = await this.inner.serialize();
      const serialized = writeGatekeptGroup(engine, this.states);
      engine.fill(0);
      return serialized;
    });
  }

  /** A PublicMessage of this group and epoch, or why it is none. */
  private messageOf(bytes: Uint8Array): PublicMessage | 'past' | 'future' | 'refused' {
    const { current } = this.states;
    const message = this.gatekeeper.message(bytes, 'publicMessage')?.publicMessage;
    if (message === undefined || !equal(message.content.groupId, current.groupId)) return 'refused';
    const { epoch } = message.content;
    if (epoch !== current.epoch) return epoch < current.epoch ? 'past' : 'future';
    // Who is out has no next epoch: a second commit of its last one would lead it back in.
    return this.active ? message : 'refused';
  }

  /** Has the engine take a commit that leads to `next`, or leave all as it is. */
  private async handOn(commit: Uint8Array, acceptedAtMs: number, next: PublicGroup | undefined) {
    const context = next && encode(groupContextCodec, next.groupContext);
    const outcome = await this.inner.processCommit(commit, acceptedAtMs, context);
    if (outcome.kind === 'applied' || outcome.kind === 'merged') this.follow(next);
    return outcome;
  }

  private propose(proposal: StoredProposal): void {
    this.states = { ...this.states, proposals: [...this.states.proposals, proposal] };
  }

  /** Takes the public state of the epoch that the engine has gone to. */
  private follow(next: PublicGroup | undefined): void {
    if (next === undefined || !equal(encode(groupContextCodec, next.groupContext), this.inner.groupContext()))
      throw new Error('the engine and its gatekeeper have come to different groups');
    this.states = beginningWith(next);
  }
}
