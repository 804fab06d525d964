import type { SignedRequest } from '@phoenix/edge';
import { done, equal, type Outcome, refuse } from '@phoenix/wire';
import type { CommitProposal } from '../domain/judge-commit.js';
import { fanOutsOf, type PendingFanOut } from '../domain/pending-fan-out.js';
import type { FanOutTransport } from '../ports/fan-out-transport.js';
import type { ExclusiveGroup, GroupStore } from '../ports/group-store.js';
import { authenticateLeaf, leafOf } from './authenticate-leaf.js';
import { completePending } from './complete-pending.js';
import type { DsPolicies } from './ds-policies.js';
import type { DsWorld } from './ds-world.js';
import { checkAttempt, type CommitAttempt, judgeAttempt } from './judge-attempt.js';
import { nextState, type OpenedGroup } from './next-state.js';
import { openRoster, openTree } from './open-group.js';
import type { CommitInput } from './parse-commit.js';
import { underEarKey } from './under-ear-key.js';

/** A commit that was taken, now or before. */
export interface CommitAccepted {
  /** The epoch that it led to. */
  readonly epoch: bigint;
}

/** A commit that is stored; its fan-out is still to be handed over, unless that was done before. */
interface Stored extends CommitAccepted {
  readonly handOver: { readonly pending: PendingFanOut; readonly generation: Uint8Array } | undefined;
}

/**
 * Takes one commit for each epoch (docs/protocol §7). New state and fan-out are stored in one transaction; then the
 * fan-out is handed over and cleared; only then is the committer told. What is interrupted on the way, the committer's
 * retry or the group's next operation completes.
 */
export class CommitToGroup {
  constructor(
    private readonly store: GroupStore,
    private readonly transport: FanOutTransport,
    private readonly policies: DsPolicies,
    private readonly world: DsWorld,
  ) {}

  execute(
    input: CommitInput,
    parse: () => Outcome<CommitProposal>,
    request: SignedRequest,
  ): Promise<Outcome<CommitAccepted>> {
    return underEarKey(this.world, input, async (cipher) => {
      const proposal = parse();
      if (!proposal.ok) return proposal;
      const digest = this.world.crypto.sha256(input.commit);
      const attempt = { input, proposal: proposal.value, request, digest, cipher };
      const stored = await this.store.exclusive(input.groupId, (group) => this.#storeCommit(group, attempt));
      if (!stored.ok) return stored;
      const { epoch, handOver } = stored.value;
      if (handOver === undefined) return done({ epoch });
      const delivered = await this.transport.deliver(fanOutsOf(handOver.pending, cipher.groupId));
      if (!delivered.ok) return delivered;
      await this.store.clearPending(input.groupId, handOver.generation);
      return done({ epoch });
    });
  }

  async #storeCommit(group: ExclusiveGroup, attempt: CommitAttempt): Promise<Outcome<Stored>> {
    const { cipher, request, input } = attempt;
    const row = await group.loadWhole();
    const opened = openRoster(cipher, row);
    if (!opened.ok || row === undefined) return opened.ok ? refuse('NOT_FOUND') : opened;
    const roster = opened.value;
    const { digest, committer, formerKey } = roster.lastCommit;
    const isRetry = equal(digest, attempt.digest) && committer === leafOf(request);
    const formerly = isRetry ? formerKey : undefined;
    const authenticated = await authenticateLeaf(request, roster, input.groupId, formerly);
    if (!authenticated.ok) return authenticated;
    const completed = await completePending(cipher, row, this.transport, group);
    if (!completed.ok) return completed;
    if (isRetry) return done({ epoch: roster.epoch, handOver: undefined });
    const checked = checkAttempt(attempt, roster);
    if (!checked.ok) return checked;
    const tree = openTree(cipher, roster, row);
    return tree.ok ? this.#take(group, { row, roster, tree: tree.value }, attempt) : tree;
  }

  async #take(group: ExclusiveGroup, opened: OpenedGroup, attempt: CommitAttempt): Promise<Outcome<Stored>> {
    const { padding, group: policy } = this.policies;
    const judged = judgeAttempt(attempt, opened.roster, opened.tree, policy, this.world);
    if (!judged.ok) return judged;
    const { state, month, pending } = nextState(opened, judged.value, attempt, padding, this.world);
    if (await group.compareAndSwap(opened.row.generation, state, month))
      return done({ epoch: judged.value.group.epoch, handOver: { pending, generation: state.generation } });
    const winner = openRoster(attempt.cipher, await group.loadWhole());
    return winner.ok ? refuse('WRONG_EPOCH', { epoch: winner.value.epoch }) : winner;
  }
}
