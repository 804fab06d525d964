import type { QueueLimits } from '@phoenix/queue';

/** What the queue of one client holds at most (docs/protocol §6). */
export const QUEUE_LIMITS: QueueLimits = { entries: 10_000, bytes: 64 * 1024 * 1024 };

/** Add packages of one client. */
export const MAX_ADD_PACKAGES = 256;

/** Former keys of one client record that still vouch for queue configs; a client that needs more makes a new record. */
export const MAX_FORMER_KEYS = 100;
