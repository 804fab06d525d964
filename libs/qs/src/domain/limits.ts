/** A queue holds at most this many entries, updates included (docs/protocol §6). */
export const MAX_QUEUE_ENTRIES = 10_000;

/** And at most this many bytes of entry bodies. */
export const MAX_QUEUE_BYTES = 64 * 1024 * 1024;

/** An update goes in before every hundredth entry, whether or not the owner is reading. */
export const ENTRIES_PER_UPDATE = 100;

/** Entries and message ids live through the month they were stored in and this many whole months after. */
export const RETENTION_MONTHS = 3;

/** One dequeue answers no more entries than this, whatever it asks for. */
export const MAX_DEQUEUED = 500;

/** And stops after the entry that brings the bodies past this many bytes, so that an answer fits into memory. */
export const MAX_DEQUEUED_BYTES = 4 * 1024 * 1024;

/** Add packages of one client. */
export const MAX_ADD_PACKAGES = 256;

/** Former keys of one client record that still vouch for queue configs; a client that needs more makes a new record. */
export const MAX_FORMER_KEYS = 100;
