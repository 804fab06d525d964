import { done, type Outcome } from '@phoenix/wire';
import type { DeletedQueue } from '../domain/fan-out.js';
import type { GroupCipher } from '../domain/group-cipher.js';
import type { RosterRow } from '../domain/group-row.js';
import { fanOutsOf, type PendingFanOut } from '../domain/pending-fan-out.js';
import type { FanOutTransport } from '../ports/fan-out-transport.js';
import type { ExclusiveGroup, GroupStore } from '../ports/group-store.js';
import { completePending } from './complete-pending.js';
import type { FileNotices } from './file-notices.js';

/** A fan-out that is stored with the generation it belongs to, and not handed over. */
export interface StoredFanOut {
  readonly pending: PendingFanOut;
  readonly generation: Uint8Array;
}

/** Hands over what changes send out, and settles what waited for that. */
export class HandOver {
  constructor(
    private readonly store: GroupStore,
    private readonly transport: FanOutTransport,
    private readonly notices: FileNotices,
  ) {}

  /** What the change before left behind, in this one's transaction: see `completePending`. */
  before(
    cipher: GroupCipher,
    row: RosterRow,
    group: ExclusiveGroup,
  ): Promise<Outcome<readonly DeletedQueue[]>> {
    return completePending(cipher, row, this.transport, group);
  }

  /** A change's own fan-out, once it is durable; then it is forgotten, and the group with it where it was the last. */
  async after(
    cipher: GroupCipher,
    { pending, generation }: StoredFanOut,
  ): Promise<Outcome<readonly DeletedQueue[]>> {
    const delivered = await this.transport.deliver(fanOutsOf(pending, cipher.groupId));
    if (!delivered.ok) return delivered;
    const { uuid } = cipher.groupId;
    if (pending.then === 'keep') {
      await this.store.clearPending(uuid, generation);
      return delivered;
    }
    await this.store.exclusive(uuid, (group) => group.delete(generation));
    return done([]);
  }

  /** Files the queues that were found deleted on the way. */
  file(cipher: GroupCipher, noticeKey: Uint8Array, deleted: readonly DeletedQueue[]): Promise<void> {
    return this.notices.execute({ id: cipher.groupId, noticeKey }, deleted);
  }
}
