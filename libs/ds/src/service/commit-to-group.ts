import type { SignedRequest } from '@phoenix/edge';
import { done, encode, equal, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import type { GroupCipher } from '../domain/group-cipher.js';
import type { GroupRow } from '../domain/group-row.js';
import { type CommitProposal, judgeCommit, type JudgedCommit } from '../domain/judge-commit.js';
import { MessageIds } from '../domain/message-ids.js';
import { nextRoster, nextTreeSection } from '../domain/next-sections.js';
import { fanOutsOf, type PendingFanOut, pendingFanOut, pendingOf } from '../domain/pending-fan-out.js';
import type { Roster, RosterLeaf } from '../domain/roster.js';
import type { FanOutTransport } from '../ports/fan-out-transport.js';
import type { GroupPolicy } from '../ports/group-policy.js';
import type { ExclusiveGroup, GroupStore } from '../ports/group-store.js';
import type { PaddingPolicy } from '../ports/padding-policy.js';
import { authenticateLeaf, leafOf } from './authenticate-leaf.js';
import { completePending } from './complete-pending.js';
import { type DsWorld, maxLeaves } from './ds-world.js';
import { type OpenedTree, openRoster, openTree } from './open-group.js';
import type { CommitInput } from './parse-commit.js';
import { sealGroup } from './seal-group.js';
import { pendingSize } from './section-sizes.js';
import { underEarKey } from './under-ear-key.js';

/** What the operator may replace. */
export interface DsPolicies {
  readonly padding: PaddingPolicy;
  readonly group: GroupPolicy;
}

/** A commit that was taken, now or before. */
export interface CommitAccepted {
  /** The epoch that it led to. */
  readonly epoch: bigint;
}

/** A commit that is stored; its fan-out is still to be handed over, unless that was done before. */
interface Stored extends CommitAccepted {
  readonly handOver: { readonly pending: PendingFanOut; readonly generation: Uint8Array } | undefined;
}

/** A commit on its way through the checks. */
interface Attempt {
  readonly input: CommitInput;
  readonly proposal: CommitProposal;
  readonly request: SignedRequest;
  readonly digest: Uint8Array;
  readonly cipher: GroupCipher;
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

  async #storeCommit(group: ExclusiveGroup, attempt: Attempt): Promise<Outcome<Stored>> {
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
    return this.#judgeAndSwap(group, row, roster, attempt);
  }

  async #judgeAndSwap(
    group: ExclusiveGroup,
    row: GroupRow,
    roster: Roster,
    attempt: Attempt,
  ): Promise<Outcome<Stored>> {
    const { content } = attempt.proposal.message;
    if (content.epoch !== roster.epoch) return refuse('WRONG_EPOCH', { epoch: roster.epoch });
    if (content.sender.type === 'member' && content.sender.leafIndex !== leafOf(attempt.request))
      return refuse('INVALID_COMMIT', { rule: 'ds.commit.sender' });
    const tree = openTree(attempt.cipher, roster, row);
    if (!tree.ok) return tree;
    const judged = this.#judge(roster, tree.value, attempt.proposal);
    return judged.ok ? this.#swap(group, row, roster, tree.value, judged.value, attempt) : judged;
  }

  #judge(roster: Roster, { group, section }: OpenedTree, proposal: CommitProposal): Outcome<JudgedCommit> {
    const { clock, crypto, domain, limits } = this.world;
    const nowMs = clock.now();
    const moment = { roster, group, memberKeys: section.memberKeys };
    const judged = judgeCommit(moment, proposal, {
      crypto: crypto.mls,
      homeDomain: domain,
      nowMs,
      month: monthNumber(nowMs),
      maxLeaves: maxLeaves(limits),
    });
    if (!judged.ok) return refuse('INVALID_COMMIT', { rule: judged.rule });
    const [violation] = this.policies.group.violations(judged.value.facts);
    return violation === undefined ? done(judged.value) : refuse(violation.code, { rule: violation.rule });
  }

  async #swap(
    group: ExclusiveGroup,
    row: GroupRow,
    roster: Roster,
    tree: OpenedTree,
    judged: JudgedCommit,
    { cipher, digest, input, proposal, request }: Attempt,
  ): Promise<Outcome<Stored>> {
    const { crypto, clock } = this.world;
    const { padding } = this.policies;
    const now = clock.now();
    const month = monthNumber(now);
    const committerKey = (roster.leaves[judged.committer] as RosterLeaf).signatureKey;
    const content = {
      roster: nextRoster(roster, judged, digest),
      tree: nextTreeSection(tree.section, tree.group, judged, committerKey, month),
    };
    const before = { roster: row.roster.length, tree: row.tree.length };
    const sealed = sealGroup(cipher, content, padding, crypto.random, before);

    const ids = new MessageIds(crypto, request.bodyDigest);
    const pending = pendingOf(fanOutOf(roster, judged, proposal, input.commit, now), ids);
    const bytes = encode(pendingFanOut, pending);
    const size = pendingSize(padding, bytes.length, sealed.roster.length);
    const next = { ...sealed, pending: cipher.seal('pending', sealed.generation, bytes, size) };
    if (await group.compareAndSwap(row.generation, next, month))
      return done({ epoch: judged.group.epoch, handOver: { pending, generation: sealed.generation } });
    const winner = openRoster(cipher, await group.loadWhole());
    return winner.ok ? refuse('WRONG_EPOCH', { epoch: winner.value.epoch }) : winner;
  }
}

function fanOutOf(
  roster: Roster,
  judged: JudgedCommit,
  { invitation }: CommitProposal,
  commit: Uint8Array,
  now: number,
) {
  const attributions = invitation?.attributions ?? [];
  return {
    timestamp: BigInt(now),
    commit,
    members: roster.leaves.flatMap((leaf) => leaf?.queue ?? []),
    welcome: invitation?.welcomeBytes ?? new Uint8Array(0),
    joiners: judged.joiners.map(({ queue }, i) => ({ queue, attribution: attributions[i] as Uint8Array })),
  };
}
