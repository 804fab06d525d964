import type { ClientEvent, PhoenixClient } from '@phoenix/client';
import { news, value } from './people.js';

/** What the offers that wait for a client come to, confirmed. */
export async function offersTo(client: PhoenixClient): Promise<ClientEvent[]> {
  const received = value(await client.connections.receiveOffers());
  value(await client.confirm(received));
  return received.map(({ event }) => event);
}

/** Has one connect with the other by a user id or alias of the other's, and both read all of it; the connection group. */
export async function connect(one: PhoenixClient, other: PhoenixClient, target: string): Promise<string> {
  const group = value(await one.connections.connect(target));
  await offersTo(other);
  value(await other.connections.accept(one.userId));
  for (const each of [one, other, one]) await news(each);
  return group;
}
