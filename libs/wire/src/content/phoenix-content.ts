import type { CodecValue } from '../tls/codec.js';
import { enumeration, fixed, opaque, struct } from '../tls/combinators.js';

/** What an application message carries (docs/protocol §3). */
export const phoenixContentKind = enumeration({
  content: 1,
  friendship_keys: 2,
  profile_key: 3,
  key_succession: 4,
});
export type PhoenixContentKind = CodecValue<typeof phoenixContentKind>;

/** The plaintext of an application message, before padding; `id` is what clients de-duplicate by. */
export const phoenixContent = struct({ kind: phoenixContentKind, id: fixed(16), body: opaque() });
export type PhoenixContent = CodecValue<typeof phoenixContent>;
