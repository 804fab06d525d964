import { type Clock, nodeCrypto, type PhoenixCrypto, SystemClock } from '@phoenix/crypto';
import { lightOpaqueClient } from '@phoenix/crypto/testing';
import {
  type ClientOptions,
  type GroupView,
  MemoryClientStore,
  type NewAccount,
  PhoenixClient,
} from '@phoenix/client';
import { nodeMlsEngine } from '@phoenix/client/node';
import type { Outcome } from '@phoenix/wire';
import type { SpawnedHomeserver } from '../harness/index.js';

/** Everybody's here. */
export const PASSWORD = 'correct horse battery staple';

/** The value of an outcome; throws with the refusal's code and rule. */
export function value<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`refused: ${outcome.refusal.code} ${outcome.refusal.rule ?? ''}`);
}

/** A homeserver as its clients know it. */
export interface Home {
  readonly domain: string;
  readonly clock: Clock;
  readonly as: { readonly url: string };
  readonly qs: { readonly url: string };
  readonly ds: { readonly url: string };
}

/** The homeserver of another process; it goes by the system's clock. */
export function homeOf(homeserver: SpawnedHomeserver): Home {
  const [as, qs, ds] = (['as', 'qs', 'ds'] as const).map((name) => ({ url: homeserver.url(name) }));
  return { domain: 'localhost', clock: new SystemClock(), as: as!, qs: qs!, ds: ds! };
}

/** What a client at this homeserver is made with. */
export async function optionsAt(
  home: Home,
  overrides: Partial<ClientOptions & NewAccount> = {},
): Promise<ClientOptions & NewAccount> {
  const crypto: PhoenixCrypto = overrides.crypto ?? nodeCrypto();
  const clock: Clock = home.clock;
  return {
    domain: home.domain,
    services: { as: home.as, qs: home.qs, ds: home.ds },
    store: new MemoryClientStore(),
    crypto,
    clock,
    engine: await nodeMlsEngine(crypto, clock),
    password: PASSWORD,
    opaque: lightOpaqueClient(),
    ...overrides,
  };
}

/** Someone with a registered client that others can add. */
export async function person(
  home: Home,
  { oneTime = 3, ...overrides }: Partial<ClientOptions & NewAccount> & { oneTime?: number } = {},
): Promise<PhoenixClient> {
  const client = value(await PhoenixClient.register(await optionsAt(home, overrides)));
  value(await client.publishAddPackages(oneTime));
  return client;
}

/** Has each know all others, as if they had met. */
export async function introduce(...people: readonly PhoenixClient[]): Promise<void> {
  for (const one of people)
    for (const other of people)
      if (one !== other) value(await one.addContact(value(await other.contactCard())));
}

/** All that a client has to tell, confirmed. */
export async function news(client: PhoenixClient) {
  const received = value(await client.receive());
  value(await client.confirm(received));
  return received.map(({ event }) => event);
}

/** The texts of the messages that a client has not read yet, in order. */
export async function texts(client: PhoenixClient): Promise<string[]> {
  const events = await news(client);
  return events.flatMap((event) => (event.kind === 'message' ? [new TextDecoder().decode(event.body)] : []));
}

/** Sends a text. */
export async function say(client: PhoenixClient, group: string, text: string): Promise<void> {
  value(await client.send(group, new TextEncoder().encode(text)));
}

/** A group as one of its clients sees it; 'read first' what its queue has. */
export async function viewOf(
  client: PhoenixClient,
  group: string,
  when: 'read first' | 'now' = 'now',
): Promise<GroupView> {
  if (when === 'read first') await news(client);
  const view = value(await client.groups()).find(({ name }) => name === group);
  if (view === undefined) throw new Error('no such group');
  return view;
}
