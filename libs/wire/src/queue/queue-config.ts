import type { CodecValue } from '../tls/codec.js';
import { fixed, opaque, struct } from '../tls/combinators.js';

/** What a client record key signs, label `QueueConfig` (docs/protocol §6). */
export const queueConfigTbs = struct({ clientId: fixed(16), handle: fixed(16), pushTokenKey: fixed(32) });
export type QueueConfigTbs = CodecValue<typeof queueConfigTbs>;

/** Where a group's or add package's messages go; all of one size, a fresh random handle each, `pushTokenKey` zeros for none. */
export const queueConfig = struct({
  clientId: fixed(16),
  handle: fixed(16),
  pushTokenKey: fixed(32),
  signature: opaque(64),
});
export type QueueConfig = CodecValue<typeof queueConfig>;
