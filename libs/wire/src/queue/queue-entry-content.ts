import type { CodecValue } from '../tls/codec.js';
import { enumeration, opaque, struct, u64 } from '../tls/combinators.js';

/** What an entry is, inside its encryption (docs/protocol §6). */
export const queueEntryType = enumeration({
  commit: 1,
  application: 2,
  proposal: 3,
  welcome_bundle: 4,
  connection_offer: 5,
  gap: 6,
});
export type QueueEntryType = CodecValue<typeof queueEntryType>;

/** The plaintext of a queue entry, before padding; `timestamp` in UTC milliseconds at the DS's acceptance, equal for all recipients (docs/protocol §6). */
export const queueEntryContent = struct({ type: queueEntryType, timestamp: u64, payload: opaque() });
export type QueueEntryContent = CodecValue<typeof queueEntryContent>;
