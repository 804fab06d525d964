import {
  type CodecValue,
  domain,
  encode,
  enumeration,
  fixed,
  type GroupId,
  list,
  opaque,
  queueEntryType,
  struct,
  u32,
  u64,
  welcomeBundle,
} from '@phoenix/wire';
import type { Dispatch } from './dispatch.js';
import { byDestination, type FanOut, type Recipient } from './fan-out.js';
import type { MessageIds } from './message-ids.js';

/** Sealed queue configs of one home domain. */
const recipients = struct({ destination: domain, configs: list(opaque(512)) });

const entry = struct({
  type: queueEntryType,
  /** Its place among the audiences. */
  audience: u32,
  /** One for each home domain of the audience. */
  ids: list(fixed(16)),
  /** What the recipients get; of a WelcomeBundle, its attribution. */
  payload: opaque(),
});
type Entry = CodecValue<typeof entry>;

/**
 * A change's fan-out as it waits in the group's row, under the EAR key, from the moment the new state is stored until the
 * QS has it. The Welcome is in it once, and so is each audience, however many messages it gets.
 */
export const pendingFanOut = struct({
  timestamp: u64,
  audiences: list(list(recipients)),
  welcome: opaque(),
  /** In the order in which they are handed over. */
  entries: list(entry),
  /** What becomes of the group once all is handed over. */
  then: enumeration({ keep: 0, delete: 1 }),
});
export type PendingFanOut = CodecValue<typeof pendingFanOut>;

/** What to hand over, in order. */
export function fanOutsOf(pending: PendingFanOut, groupId: GroupId): FanOut[] {
  const { timestamp, welcome, audiences } = pending;
  return pending.entries.flatMap(({ type, audience, ids, payload: own }) => {
    const isWelcome = type === 'welcome_bundle';
    const payload = isWelcome ? encode(welcomeBundle, { welcome, attribution: own, groupId }) : own;
    return (audiences[audience] ?? []).map((to, i): FanOut => {
      return { ...to, id: ids[i] as Uint8Array, entry: { type, timestamp, payload } };
    });
  });
}

/** When and for whom a fan-out is kept. */
export interface PendingContext {
  readonly timestamp: bigint;
  /** The new roster's queues: who gets the proposals. */
  readonly members: () => readonly Recipient[];
  readonly then: PendingFanOut['then'];
}

/** A fan-out as it is kept, its messages' ids drawn. */
export function pendingOf(
  { commit, welcome, invited, proposals }: Dispatch,
  { timestamp, members, then }: PendingContext,
  ids: MessageIds,
): PendingFanOut {
  const audiences: PendingFanOut['audiences'] = [];
  const entries: Entry[] = [];
  const audienceOf = (to: readonly Recipient[]): number =>
    audiences.push([...byDestination(to)].map(([destination, configs]) => ({ destination, configs }))) - 1;
  const add = (type: Entry['type'], audience: number, payload: Uint8Array): void => {
    entries.push({ type, audience, payload, ids: (audiences[audience] ?? []).map(() => ids.next()) });
  };
  if (commit !== undefined) add('commit', audienceOf(commit.to), commit.message);
  for (const { queue, attribution } of invited) add('welcome_bundle', audienceOf([queue]), attribution);
  if (proposals.length > 0) {
    const all = audienceOf(members());
    for (const message of proposals) add('proposal', all, message);
  }
  return { timestamp, audiences, welcome, entries, then };
}
