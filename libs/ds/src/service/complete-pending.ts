import { decode, done, type Outcome, refuse } from '@phoenix/wire';
import type { DeletedQueue } from '../domain/fan-out.js';
import type { GroupCipher } from '../domain/group-cipher.js';
import type { RosterRow } from '../domain/group-row.js';
import { fanOutsOf, pendingFanOut } from '../domain/pending-fan-out.js';
import type { FanOutTransport } from '../ports/fan-out-transport.js';

/**
 * Hands over what an interrupted commit left behind, before anything of the group goes out after it. Whoever comes first
 * does it; done twice, the QS takes each message once (docs/protocol §7).
 * @returns the queues that are reported deleted: see `fileNotices`.
 */
export async function completePending(
  cipher: GroupCipher,
  row: RosterRow,
  transport: FanOutTransport,
  group: { clearPending(generation: Uint8Array): Promise<void> },
): Promise<Outcome<readonly DeletedQueue[]>> {
  if (row.pending === undefined) return done([]);
  const opened = cipher.open('pending', row.generation, row.pending);
  if (opened.state !== 'open') return refuse('DAMAGED');
  const pending = decode(pendingFanOut, opened.content);
  const delivered = await transport.deliver(fanOutsOf(pending, cipher.groupId));
  if (delivered.ok) await group.clearPending(row.generation);
  return delivered;
}
