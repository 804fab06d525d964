import { type CodecValue, fixed, list, optional, struct, u64 } from '@phoenix/wire';

/** All that a reader has to keep between two readings; secret, so it belongs in the ClientStore and nowhere else. */
export const queueReaderState = struct({
  /** QsClientId. */
  id: fixed(16),
  /** Absent until the queue's first update was read. */
  nextSeq: optional(u64),
  secret: fixed(32),
  /** HPKE private keys for updates, newest first; older ones until an update under a newer one was read. */
  privateKeys: list(fixed(32)),
});
export type QueueReaderState = CodecValue<typeof queueReaderState>;
