import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import type { LogSink } from './log/log-sink.js';
import type { NonceStore } from './signature/nonce-store.js';

export interface EdgeOptions {
  /** The service's public name, as clients address it and sign it: lower-case, without the default port. */
  readonly authority: string;
  readonly clock: Clock;
  readonly crypto: PhoenixCrypto;
  readonly log: LogSink;
  /** The one value there is: a request that brings a token is refused. */
  readonly tokens: 'off';
  /** How far `created` may be off, in milliseconds; 5 minutes unless said, 1 hour at most. */
  readonly freshnessMs?: number;
  /** Bytes; 4 MiB unless said. */
  readonly bodyLimit?: number;
  /** How deep fields may nest; 8 unless said. */
  readonly depthLimit?: number;
  /** Where used nonces are remembered; the memory of this process unless said. */
  readonly nonces?: NonceStore;
  /**
   * Whether an error says that something the service depends on did not answer: its caller is told UNAVAILABLE then and may
   * try again. Unless this says so, an error that is not `Unavailable` itself is a fault.
   */
  readonly isPassing?: (error: unknown) => boolean;
  /** Whether the service can do its work; asked by GET /health. A service that answers is healthy unless this says otherwise. */
  readonly isHealthy?: () => Promise<boolean>;
}

export type EdgeSettings = Required<Omit<EdgeOptions, 'nonces'>> & Pick<EdgeOptions, 'nonces'>;

const DEFAULTS = {
  freshnessMs: 5 * 60_000,
  bodyLimit: 4 * 1024 * 1024,
  depthLimit: 8,
  isPassing: (): boolean => false,
  isHealthy: (): Promise<boolean> => Promise.resolve(true),
};

const MAX_FRESHNESS_MS = 60 * 60_000;
const AUTHORITY = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::(?!443$)[1-9][0-9]{0,4})?$/;

/** The options with their defaults; throws, in one sentence, for settings that contradict the protocol. */
export function edgeSettings(options: EdgeOptions): EdgeSettings {
  const settings = { ...DEFAULTS, ...options };
  if (!AUTHORITY.test(settings.authority)) {
    throw new RangeError('authority must be a lower-case host name without the default port');
  }
  if (!(settings.freshnessMs > 0 && settings.freshnessMs <= MAX_FRESHNESS_MS)) {
    throw new RangeError('freshnessMs must be above 0 and at most one hour');
  }
  for (const name of ['bodyLimit', 'depthLimit'] as const) {
    if (!Number.isSafeInteger(settings[name]) || settings[name] < 1) {
      throw new RangeError(`${name} must be a positive whole number`);
    }
  }
  return settings;
}
