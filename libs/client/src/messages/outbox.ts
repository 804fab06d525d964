import { type CodecValue, fixed, mapped, opaque, optional, struct, utf8 } from '@phoenix/wire';
import { recordKind } from '../store/record-kind.js';

/**
 * A message on its way: `content` is padded and stays the same whatever epoch it is sent in; `body` is the request that carries it
 * encrypted, to be sent again as it is until it is answered.
 */
export const outgoing = struct({
  group: mapped(opaque(), (bytes) => new TextDecoder().decode(bytes), utf8),
  id: fixed(16),
  content: opaque(),
  body: optional(opaque()),
});
export type Outgoing = CodecValue<typeof outgoing>;

/** In the order of sending. */
export const OUTBOX = recordKind('outbox/', outgoing);
