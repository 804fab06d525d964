import type { CodecValue } from '../tls/codec.js';
import { fixed, struct } from '../tls/combinators.js';

/** A group's three keys, in GroupInfo extension 0xF0A1 inside a Welcome: the server is given the EAR key alone, with each request (docs/protocol §3). */
export const groupKeys = struct({
  earKey: fixed(32),
  credentialKey: fixed(32),
  profileKeyWrapper: fixed(32),
});
export type GroupKeys = CodecValue<typeof groupKeys>;
