import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import type { MlsEngine } from './mls/mls-engine.js';
import type { DirectoryCache } from './credentials/directory-cache.js';
import type { Service } from './services/service.js';
import type { ClientStore } from './store/client-store.js';

/** What every use case of a client stands on. */
export interface ClientContext {
  /** The home domain: of our user id, our queues and, for now, all our groups. */
  readonly domain: string;
  readonly crypto: PhoenixCrypto;
  readonly clock: Clock;
  readonly engine: MlsEngine;
  readonly store: ClientStore;
  readonly as: Service;
  readonly qs: Service;
  readonly ds: Service;
  readonly directories: DirectoryCache;
}
