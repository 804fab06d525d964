import type { PhoenixCrypto } from '@phoenix/crypto';
import { utf8 } from '@phoenix/wire';
import { ALIAS_MONTHS } from './connection-limits.js';

const QUEUE_ID_BYTES = 16;

/** The id of an alias's queue, 16 bytes: the first half of SHA-256(alias) (docs/protocol §6). */
export function aliasQueueId(crypto: PhoenixCrypto, alias: string): Uint8Array {
  return crypto.sha256(utf8(alias)).slice(0, QUEUE_ID_BYTES);
}

/** The last month in which an alias is there that was registered or refreshed in `month` (months since January 1970). */
export function lastAliasMonth(month: number): number {
  return month + ALIAS_MONTHS;
}
