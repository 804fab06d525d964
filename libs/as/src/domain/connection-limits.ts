import type { QueueLimits } from '@phoenix/queue';

/** Connection packages published at a time, under a user id or an alias. */
export const MAX_CONNECTION_PACKAGES = 100;

/** Unsolicited offers that wait for one recipient. Past this they are dropped, and the owner is left a `gap`; senders learn nothing. */
export const OFFER_QUEUE_LIMITS: QueueLimits = { entries: 500, bytes: 4 * 1024 * 1024 };

/** An alias lives through the month it was registered or refreshed in and this many whole months after. */
export const ALIAS_MONTHS = 6;
