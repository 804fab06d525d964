import { decodePublicGroup, encodePublicGroup, groupContextCodec, type PublicGroup } from '@phoenix/mls';
import { type CodecValue, decode, encode, equal, opaque, optional, struct } from '@phoenix/wire';
import type { Gatekeeper } from './gatekeeper.js';
import type { CommitOutcome, CommitRequest, MessageOutcome, MlsGroup, StagedCommit } from './mls-group.js';
import { SerialQueue } from './serial-queue.js';

const gatekeptGroup = struct({ engine: opaque(), current: opaque(), pending: optional(opaque()) });

/** The public state beside a group: of the current epoch, and of the one that the pending commit leads to. */
export interface PublicStates {
  readonly current: PublicGroup;
  readonly pending: PublicGroup | undefined;
}

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
      const pending = this.gatekeeper.ownCommit(this.states.current, staged, now);
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
      const { current, pending } = this.states;
      const own = this.inner.pendingCommit;
      if (own && equal(own.commit, commit)) return this.handOn(commit, acceptedAtMs, pending);
      const message = this.gatekeeper.message(commit, 'publicMessage')?.publicMessage;
      if (message === undefined || !equal(message.content.groupId, current.groupId))
        return { kind: 'refused' };
      const { epoch } = message.content;
      if (epoch !== current.epoch) return { kind: epoch < current.epoch ? 'past' : 'future' };
      const staged = this.gatekeeper.commit(current, message, acceptedAtMs);
      return staged ? this.handOn(commit, acceptedAtMs, staged.group) : { kind: 'refused' };
    });
  }

  serialize(): Promise<Uint8Array> {
    return this.queue.run(async () => {
      const { current, pending } = this.states;
      const engine = await this.inner.serialize();
      const serialized = encode<CodecValue<typeof gatekeptGroup>>(gatekeptGroup, {
        engine,
        current: encodePublicGroup(current),
        pending: pending && encodePublicGroup(pending),
      });
      engine.fill(0);
      return serialized;
    });
  }

  private async handOn(commit: Uint8Array, acceptedAtMs: number, next: PublicGroup | undefined) {
    const outcome = await this.inner.processCommit(commit, acceptedAtMs);
    if (outcome.kind === 'applied' || outcome.kind === 'merged') this.follow(next);
    return outcome;
  }

  /** Takes the public state of the epoch that the engine has gone to. */
  private follow(next: PublicGroup | undefined): void {
    if (next === undefined || !equal(encode(groupContextCodec, next.groupContext), this.inner.groupContext()))
      throw new Error('the engine and its gatekeeper have come to different groups');
    this.states = { current: next, pending: undefined };
  }
}

/** What `GatekeptGroup.serialize` wrote: the engine's part, and the public states beside it. @throws DecodeError */
export function readGatekeptGroup(serialized: Uint8Array): { engine: Uint8Array; states: PublicStates } {
  const { engine, current, pending } = decode(gatekeptGroup, serialized);
  const publicGroup = (bytes: Uint8Array) => decodePublicGroup(bytes.slice());
  return {
    engine,
    states: { current: publicGroup(current), pending: pending && publicGroup(pending) },
  };
}
