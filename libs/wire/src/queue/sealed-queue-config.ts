import type { CodecValue } from '../tls/codec.js';
import { opaque, struct } from '../tls/combinators.js';
import { domain } from '../ids/domain.js';

/** A QueueConfig sealed to the queue-config key of the QS of `domain` (label `QueueConfig`, context the domain): all that a DS holds of a queue (docs/protocol §6). */
export const sealedQueueConfig = struct({ domain, sealed: opaque(512) });
export type SealedQueueConfig = CodecValue<typeof sealedQueueConfig>;
