import { decode, done, type Outcome, refuse } from '@phoenix/wire';
import type { DeletedQueue } from '../domain/fan-out.js';
import type { GroupCipher } from '../domain/group-cipher.js';
import type { RosterRow } from '../domain/group-row.js';
import { fanOutsOf, pendingFanOut } from '../domain/pending-fan-out.js';
import type { FanOutTransport } from '../ports/fan-out-transport.js';

/** A group whose pending fan-out is to be completed; `delete` where it is held alone. */
export interface PendingGroup {
  clearPending(generation: Uint8Array): Promise<void>;
  delete?(generation: Uint8Array): Promise<boolean>;
}

/**
 * Hands over what an interrupted change left behind, before anything of the group goes out after it. Whoever comes first
 * does it; done twice, the QS takes each message once (docs/protocol §7). Of a group that was to be deleted then, it
 * refuses with NOT_FOUND: it is gone, or will be with the next who holds it alone.
 * @returns the queues that are reported deleted: see `FileNotices`.
 */
export async function completePending(
  cipher: GroupCipher,
  row: RosterRow,
  transport: FanOutTransport,
  group: PendingGroup,
): Promise<Outcome<readonly DeletedQueue[]>> {
  if (row.pending === undefined) return done([]);
  const opened = cipher.open('pending', row.generation, row.pending);
  if (opened.state !== 'open') return refuse('DAMAGED');
  const pending = decode(pendingFanOut, opened.content);
  const delivered = await transport.deliver(fanOutsOf(pending, cipher.groupId));
  if (!delivered.ok) return delivered;
  if (pending.then === 'delete') {
    await group.delete?.(row.generation);
    return refuse('NOT_FOUND');
  }
  await group.clearPending(row.generation);
  return delivered;
}
