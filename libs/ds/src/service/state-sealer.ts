import type { PublicGroup } from '@phoenix/mls';
import { monthNumber } from '@phoenix/wire';
import { externalRemove } from '../domain/external-remove.js';
import type { GroupCipher } from '../domain/group-cipher.js';
import type { GroupRow } from '../domain/group-row.js';
import { inducedRemoves } from '../domain/induced-removes.js';
import { MessageIds } from '../domain/message-ids.js';
import type { NextGroup } from '../domain/next-group.js';
import { deletedQueues } from '../domain/notices.js';
import { type PendingFanOut, pendingFanOut, pendingOf } from '../domain/pending-fan-out.js';
import type { Roster } from '../domain/roster.js';
import { SectionDraft } from '../domain/section-padding.js';
import type { GroupState } from '../ports/group-store.js';
import type { PaddingPolicy } from '../ports/padding-policy.js';
import type { DsWorld } from './ds-world.js';
import type { OpenedTree } from './open-group.js';
import { sealGroup } from './seal-group.js';
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
  readonly pending: PendingFanOut;
}

/** Completes a change by what the DS proposes itself, and seals it together with what has to go out for it. */
export class StateSealer {
  constructor(
    private readonly padding: PaddingPolicy,
    private readonly keys: Pick<ServiceKeys, 'sign'>,
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
    const now = clock.now();
    const month = monthNumber(now);
    const { noticeKey: privateKey, noticesRead: known } = opened.tree.section;
    const reading = { group: cipher.groupId, privateKey, column: opened.row.notices, noticesRead: known };
    const { queues: deleted, noticesRead } = deletedQueues(crypto, reading);
    const removes = inducedRemoves(next, { month, deleted, hash: crypto });
    // A signature is waited for only where there is something to sign.
    const induced = removes.length === 0 ? [] : await this.#propose(next.group, removes);

    const proposals = [...next.tree.proposals, ...induced];
    const content = { roster: next.roster, tree: { ...next.tree, proposals, noticesRead } };
    const before = { roster: opened.row.roster.length, tree: opened.row.tree.length };
    const sealed = sealGroup(cipher, content, this.padding, crypto.random, before);
    const pending = pendingOf(
      { ...next.dispatch, proposals: [...next.dispatch.proposals, ...induced] },
      {
        timestamp: BigInt(now),
        members: () => next.roster.leaves.queues(),
        then: next.isLast ? 'delete' : 'keep',
      },
      new MessageIds(crypto, idSource),
    );
    const draft = SectionDraft.of(pendingFanOut, pending, sealed.roster.length);
    const size = pendingSize(this.padding, draft.length, sealed.roster.length);
    const state = { ...sealed, pending: cipher.seal('pending', sealed.generation, draft, size) };
    return { state, month, pending };
  }

  /** The DS's own proposals, for the epoch of the group. */
  #propose(group: PublicGroup, leaves: readonly number[]): Promise<Uint8Array[]> {
    return Promise.all(
      leaves.map(async (leaf) => {
        const remove = externalRemove(group, leaf);
        return remove.message(await this.keys.sign(remove.signed));
      }),
    );
  }
}
