import type { CodecValue } from '../tls/codec.js';
import { fixed, struct } from '../tls/combinators.js';
import { domain } from './domain.js';

/** `struct { uuid[16]; opaque domain<V> } GroupId`: the MLS group_id; its domain names the DS (docs/protocol §3). */
export const groupId = struct({ uuid: fixed(16), domain });
export type GroupId = CodecValue<typeof groupId>;
