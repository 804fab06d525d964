import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import type { ClientContext } from './client-context.js';
import { DirectoryCache } from './credentials/directory-cache.js';
import type { MlsEngine } from './mls/mls-engine.js';
import { type Pause, Service } from './services/service.js';
import type { ClientStore } from './store/client-store.js';
import { GraphqlTransport } from './transport/graphql-transport.js';
import { RequestSigner } from './transport/request-signer.js';

/** Where a service answers: its GraphQL URL, and its public name where that is not the URL's host. */
export interface ServiceAddress {
  readonly url: string;
  readonly authority?: string;
}

/** What a client stands on. `@phoenix/client/node` has the parts for Node. */
export interface ClientOptions {
  /** The home domain. */
  readonly domain: string;
  readonly services: {
    readonly as: ServiceAddress;
    readonly qs: ServiceAddress;
    readonly ds: ServiceAddress;
  };
  /** One store, one client. */
  readonly store: ClientStore;
  readonly crypto: PhoenixCrypto;
  readonly clock: Clock;
  readonly engine: MlsEngine;
  /** The platform's timer unless said. */
  readonly pause?: Pause;
  /** The platform's `fetch` unless said. */
  readonly fetch?: typeof globalThis.fetch;
}

const wait: Pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function pauseOf(options: ClientOptions): Pause {
  return options.pause ?? wait;
}

export function contextOf(options: ClientOptions): ClientContext {
  const { domain, store, crypto, clock, engine, services, fetch } = options;
  const signer = new RequestSigner(crypto, clock);
  const service = (address: ServiceAddress) =>
    new Service(new GraphqlTransport({ ...address, signer, ...(fetch && { fetch }) }), pauseOf(options));
  const as = service(services.as);
  const qs = service(services.qs);
  const ds = service(services.ds);
  const directories = new DirectoryCache(crypto, clock, domain, as);
  return { domain, crypto, clock, engine, store, as, qs, ds, directories };
}
