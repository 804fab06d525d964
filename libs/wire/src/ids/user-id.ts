import type { CodecValue } from '../tls/codec.js';
import { fixed, struct } from '../tls/combinators.js';
import { domain, isDomain } from './domain.js';
import { formatUuid, parseUuid } from './uuid.js';

/** `struct { uuid[16]; opaque domain<V> } UserId`, written `uuid@domain` (docs/protocol §3). */
export const userId = struct({ uuid: fixed(16), domain });
export type UserId = CodecValue<typeof userId>;

export function formatUserId(id: UserId): string {
  return `${formatUuid(id.uuid)}@${id.domain}`;
}

export function parseUserId(text: string): UserId | undefined {
  const at = text.indexOf('@');
  const uuid = parseUuid(text.slice(0, Math.max(at, 0)));
  const home = text.slice(at + 1);
  return uuid !== undefined && isDomain(home) ? { uuid, domain: home } : undefined;
}
