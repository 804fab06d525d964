import { MemoryClientStore, type PhoenixClient } from '@phoenix/client';
import type { TestHomeserver } from '../harness/index.js';
import { meddlingFetch } from './meddling-fetch.js';
import { introduce, news, person, value } from './people.js';

/** Waits for nothing. */
export const pause = () => Promise.resolve();

/** Alice behind a line that is meddled with, and Bob, in a group that she administers. */
export async function meddledPair(home: TestHomeserver) {
  const { fetch, meddle } = meddlingFetch();
  const bob = await person(home);
  const store = new MemoryClientStore();
  const alice = await person(home, { fetch, pause, store });
  await introduce(alice, bob);
  const group = value(await alice.createGroup());
  value(await alice.addMembers(group, [bob.userId]));
  await news(bob);
  return { alice, bob, group, meddle, store };
}

/** The users in a group, as a client has it. */
export const membersOf = async (client: PhoenixClient, group: string) =>
  value(await client.groups())
    .find(({ name }) => name === group)!
    .members.map(({ user }) => user)
    .sort();
