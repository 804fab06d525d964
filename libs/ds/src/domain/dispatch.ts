import type { SealedQueueConfig } from '@phoenix/wire';
import type { Recipient } from './fan-out.js';

/** What a change sends out, in this order. */
export interface Dispatch {
  /** A commit's MLSMessage, and who gets it: the old roster and its sender. */
  readonly commit: { readonly message: Uint8Array; readonly to: readonly Recipient[] } | undefined;
  /** A Welcome's MLSMessage; empty where nobody is invited. */
  readonly welcome: Uint8Array;
  readonly invited: readonly { readonly queue: SealedQueueConfig; readonly attribution: Uint8Array }[];
  /** Proposals' MLSMessages, for all of the new roster. */
  readonly proposals: readonly Uint8Array[];
}
