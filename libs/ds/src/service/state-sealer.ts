import type { PublicGroup } from '@phoenix/mls';
import { equal, monthNumber } from '@phoenix/wire';
import { externalRemove } from '../domain/external-remove.js';
import type { Recipient } from '../domain/fan-out.js';
import type { GroupCipher } from '../domain/group-cipher.js';
import type { GroupRow } from '../domain/group-row.js';
import { inducedRemoves } from '../domain/induced-removes.js';
import { MessageIds } from '../domain/message-ids.js';
import type { NextGroup } from '../domain/next-group.js';
import { deletedQueues } from '../domain/notices.js';
import { type PendingFanOut, pendingFanOut, pendingOf } from '../domain/pending-fan-out.js';
import type { Roster } from '../domain/roster.js';
import { SectionDraft } from '../domain/section-padding.js';
import { soleSender } from '../domain/sole-sender.js';
import type { GroupState } from '../ports/group-store.js';
import type { PaddingPolicy } from '../ports/padding-policy.js';
import type { DsWorld } from './ds-world.js';
import type { OpenedTree } from './open-group.js';
import { sealGroup, type SealedGroup } from './seal-group.js';
import { pendingSize } from './section-sizes.js';
import type { ServiceKeys } from './service-keys.js';

/** A group as it was opened to be changed. */
export interface OpenedGroup {
  readonly row: GroupRow;
  readonly roster: Roster;
  readonly tree: OpenedTree;
}

/** The state that a change makes, sealed, and its fan-out, which is in it. */
export interface NextState {
  readonly state: GroupState;
  readonly month: number;
  /** Undefined where nobody has to hear of it. */
  readonly pending: PendingFanOut | undefined;
}

/** Completes a change by what the DS proposes itself, and seals it together with what has to go out for it. */
export class StateSealer {
  constructor(
    private readonly padding: PaddingPolicy,
    private readonly keys: Pick<ServiceKeys, 'sign' | 'verifyingKey'>,
    private readonly world: DsWorld,
  ) {}

  /** @param idSource 32 bytes that no other request has: what its message ids are derived from. */
  async next(
    opened: OpenedGroup,
    next: NextGroup,
    cipher: GroupCipher,
    idSource: Uint8Array,
  ): Promise<NextState> {
    const { crypto, clock } = this.world;
    const nowMs = clock.now();
    const { induced, noticesRead } = await this.#induced(opened, next, cipher, monthNumber(nowMs));
    const proposals = [...next.tree.proposals, ...induced];
    const content = { roster: next.roster, tree: { ...next.tree, proposals, noticesRead } };
    const before = { roster: opened.row.roster.length, tree: opened.row.tree.length };
    const sealed = sealGroup(cipher, content, this.padding, crypto.random, before);
    const dispatch = { ...next.dispatch, proposals: [...next.dispatch.proposals, ...induced] };
    const members = (): Recipient[] => next.roster.leaves.queues();
    const then = next.isLast ? 'delete' : 'keep';
    const fanOut = { timestamp: BigInt(nowMs), members, then } as const;
    const pending = pendingOf(dispatch, fanOut, new MessageIds(crypto, idSource));
    const waiting = pending.entries.length === 0 ? undefined : pending;
    const state = { ...sealed, pending: waiting && this.#sealPending(waiting, sealed, cipher) };
    return { state, month: monthNumber(nowMs), pending: waiting };
  }

  /** What the DS proposes in the new state, and which notices it has read for it. */
  async #induced(
    { row, tree }: OpenedGroup,
    next: NextGroup,
    { groupId: group }: GroupCipher,
    month: number,
  ): Promise<{ readonly induced: readonly Uint8Array[]; readonly noticesRead: Uint8Array }> {
    const { crypto } = this.world;
    const { noticeKey: privateKey, noticesRead: known } = tree.section;
    const reading = { group, privateKey, column: row.notices, noticesRead: known };
    const { queues: deleted, noticesRead } = deletedQueues(crypto, reading);
    const removes = inducedRemoves(next, { month, deleted, hash: crypto });
    // A signature is waited for only where there is something to sign.
    return { induced: removes.length === 0 ? [] : await this.#propose(next.group, removes), noticesRead };
  }

  #sealPending(pending: PendingFanOut, { roster, generation }: SealedGroup, cipher: GroupCipher): Uint8Array {
    const draft = SectionDraft.of(pendingFanOut, pending, roster.length);
    return cipher.seal('pending', generation, draft, pendingSize(this.padding, draft.length, roster.length));
  }

  /** The DS's own proposals, for the epoch of the group. */
  async #propose(group: PublicGroup, leaves: readonly number[]): Promise<Uint8Array[]> {
    const sender = soleSender(group.groupContext.extensions);
    // A group that lists a key of former days takes nothing from this one, and must not be made to carry it.
    if (sender === undefined || !equal(sender, this.keys.verifyingKey)) return [];
    return Promise.all(
      leaves.map(async (leaf) => {
        const remove = externalRemove(group, leaf);
        return remove.message(await this.keys.sign(remove.signed));
      }),
    );
  }
}
