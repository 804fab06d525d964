import type { CodecValue } from '../tls/codec.js';
import { list, optional, struct } from '../tls/combinators.js';
import { sealedQueueConfig } from '../queue/sealed-queue-config.js';
import { memberKeySet } from './member-key-set.js';

/** The authenticated_data of a commit: key sets in the order of the Adds, and what the committer changes of its own (docs/protocol §7). */
export const commitAad = struct({
  added: list(memberKeySet),
  own: optional(memberKeySet),
  ownQueueConfig: optional(sealedQueueConfig),
});
export type CommitAad = CodecValue<typeof commitAad>;
