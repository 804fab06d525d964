import type { SignedRequest } from '@phoenix/edge';
import {
  done,
  equal,
  monthNumber,
  type Outcome,
  refuse,
  sealedQueueConfig,
  type SealedQueueConfig,
} from '@phoenix/wire';
import type { DeletedQueue } from '../domain/fan-out.js';
import type { GroupCipher } from '../domain/group-cipher.js';
import type { RosterRow } from '../domain/group-row.js';
import { checkQueuesApart, homeQueue } from '../domain/queue-of.js';
import { read } from '../domain/read.js';
import { type Roster, roster as rosterCodec } from '../domain/roster.js';
import type { RosterLeaf } from '../domain/roster-leaves.js';
import { SectionDraft } from '../domain/section-padding.js';
import { TAG_LENGTH } from '../domain/section.js';
import type { ExclusiveGroup, GroupStore, RosterState } from '../ports/group-store.js';
import { authenticateLeaf, leafOf } from './authenticate-leaf.js';
import type { DsWorld } from './ds-world.js';
import type { HandOver } from './hand-over.js';
import { openRoster } from './open-group.js';
import { type GroupAccess, underEarKey } from './under-ear-key.js';

/** Where a member wants to get its messages from now on. */
export interface UpdateQueueConfigInput extends GroupAccess {
  /** An encoded SealedQueueConfig. */
  readonly queueConfig: Uint8Array;
}

interface Updated {
  readonly noticeKey: Uint8Array;
  readonly deleted: readonly DeletedQueue[];
}

const RETRY_MS = 1_000;

/**
 * Gives a member another queue config: one that carries its push key, or that it may block apart from others (docs/protocol
 * §6). It is the roster's business alone: no tree is opened, nobody hears of it, and doing it again changes nothing.
 */
export class UpdateQueueConfig {
  constructor(
    private readonly store: GroupStore,
    private readonly handOver: HandOver,
    private readonly world: DsWorld,
  ) {}

  execute(input: UpdateQueueConfigInput, request: SignedRequest): Promise<Outcome<void>> {
    return underEarKey(this.world, input, async (cipher) => {
      const queue = this.#parse(input.queueConfig);
      if (!queue.ok) return queue;
      const updated = await this.store.exclusive(input.groupId, (group) =>
        this.#update(group, cipher, queue.value, request),
      );
      if (!updated.ok) return updated;
      await this.handOver.file(cipher, updated.value.noticeKey, updated.value.deleted);
      return done();
    });
  }

  #parse(bytes: Uint8Array): Outcome<SealedQueueConfig> {
    const queue = read(sealedQueueConfig, bytes);
    if (queue === undefined) return refuse('BAD_REQUEST', { rule: 'ds.queue-config.form' });
    const judged = homeQueue(queue, this.world.domain);
    return judged.ok ? done(judged.value) : refuse('BAD_REQUEST', { rule: judged.rule });
  }

  async #update(
    group: ExclusiveGroup,
    cipher: GroupCipher,
    queue: SealedQueueConfig,
    request: SignedRequest,
  ): Promise<Outcome<Updated>> {
    const row = await group.loadRoster();
    const opened = openRoster(cipher, row);
    if (!opened.ok || row === undefined) return opened.ok ? refuse('NOT_FOUND') : opened;
    const roster = opened.value;
    const authenticated = await authenticateLeaf(request, roster, cipher.groupId.uuid);
    if (!authenticated.ok) return authenticated;
    const left = await this.handOver.before(cipher, row, group);
    if (!left.ok) return left;

    const leaf = roster.leaves.at(leafOf(request)) as RosterLeaf;
    const answer = done({ noticeKey: row.noticeKey, deleted: left.value });
    if (equal(leaf.queue.sealed, queue.sealed) && leaf.queue.domain === queue.domain) return answer;
    if (leaf.queue.sealed.length !== queue.sealed.length)
      return refuse('BAD_REQUEST', { rule: 'ds.queue-config.size' });
    const taken = checkQueuesApart(roster.leaves, leafOf(request), [queue]);
    if (taken !== undefined) return refuse('BAD_REQUEST', { rule: taken });
    const next = this.#seal(cipher, row, withLeaf(roster, leafOf(request), { ...leaf, queue }));
    const month = monthNumber(this.world.clock.now());
    if (await group.replaceRoster(row.generation, next, month)) return answer;
    // The lock is this request's: only somebody who does not ask for it can have come in between.
    return refuse('UNAVAILABLE', { retryAfterMs: RETRY_MS });
  }

  /** In the very size of the one before, whose content was as long: both sections are of one bucket. */
  #seal(cipher: GroupCipher, { roster: { length } }: RosterRow, roster: Roster): RosterState {
    const generation = this.world.crypto.random.bytes(TAG_LENGTH);
    const draft = SectionDraft.of(rosterCodec, roster, length);
    return { roster: cipher.seal('roster', generation, draft, length), generation };
  }
}

function withLeaf(roster: Roster, index: number, leaf: RosterLeaf): Roster {
  return { ...roster, leaves: roster.leaves.changed(new Map([[index, leaf]])) };
}
