import type { CodecValue } from '../tls/codec.js';
import { fixed, struct } from '../tls/combinators.js';
import { formatUserId, parseUserId, userId } from './user-id.js';
import { formatUuid, parseUuid } from './uuid.js';

/** `struct { UserId user; client_uuid[16] } ClientId`, written `client-uuid.uuid@domain` (docs/protocol §3). */
export const clientId = struct({ user: userId, uuid: fixed(16) });
export type ClientId = CodecValue<typeof clientId>;

export function formatClientId(id: ClientId): string {
  return `${formatUuid(id.uuid)}.${formatUserId(id.user)}`;
}

export function parseClientId(text: string): ClientId | undefined {
  const dot = text.indexOf('.');
  const uuid = parseUuid(text.slice(0, Math.max(dot, 0)));
  const user = parseUserId(text.slice(dot + 1));
  return uuid !== undefined && user !== undefined ? { user, uuid } : undefined;
}
