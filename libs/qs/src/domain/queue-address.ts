import { type PhoenixCrypto, wipe } from '@phoenix/crypto';
import {
  decode,
  DecodeError,
  encode,
  formatUuid,
  LABELS,
  queueConfig,
  type QueueConfig,
  queueConfigTbs,
  utf8,
} from '@phoenix/wire';

/** Where a queue config leads: all that is kept of it, and in memory only. */
export interface QueueAddress {
  /** QsClientId, as text. */
  readonly clientId: string;
  /** Drawn for one group or add package, as text: it tells a queue config of ours from all others. */
  readonly handle: string;
}

/** The half of a key pair that opens queue configs, and the home domain they are sealed for. */
export interface QueueConfigKey {
  readonly privateKey: Uint8Array;
  readonly domain: string;
}

/** Undefined for whatever is not a QueueConfig sealed to this key. Nothing is verified yet: see `isSignedBy`. */
export function openQueueConfig(
  crypto: PhoenixCrypto,
  key: QueueConfigKey,
  sealed: Uint8Array,
): QueueConfig | undefined {
  const opened = crypto.openWithLabel(key.privateKey, LABELS.queueConfig, utf8(key.domain), sealed);
  if (opened === undefined) return undefined;
  try {
    return decode(queueConfig, opened);
  } catch (error) {
    wipe(opened);
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** Whether one of a client record's keys, present or former, vouches for the config (docs/protocol §6). */
export function isSignedBy(crypto: PhoenixCrypto, keys: readonly Uint8Array[], config: QueueConfig): boolean {
  const content = encode(queueConfigTbs, config);
  try {
    return keys.some((key) => crypto.verifyWithLabel(key, LABELS.queueConfig, content, config.signature));
  } finally {
    wipe(content);
  }
}

export function addressOf(config: QueueConfig): QueueAddress {
  return { clientId: formatUuid(config.clientId), handle: formatUuid(config.handle) };
}
