import {
  type CodecValue,
  domain,
  encode,
  fixed,
  type GroupId,
  list,
  opaque,
  sealedQueueConfig,
  type SealedQueueConfig,
  struct,
  u64,
  welcomeBundle,
} from '@phoenix/wire';
import { byDestination, type FanOut, type Recipient } from './fan-out.js';
import type { MessageIds } from './message-ids.js';

const delivery = struct({ id: fixed(16), destination: domain, configs: list(opaque(512)) });
const invitation = struct({ id: fixed(16), queue: sealedQueueConfig, attribution: opaque(4096) });

/**
 * A commit's fan-out as it waits in the group's row, under the EAR key, from the moment the new state is stored until
 * the QS has it. The Welcome is in it once, not once for each joiner.
 */
export const pendingFanOut = struct({
  timestamp: u64,
  commit: opaque(),
  deliveries: list(delivery),
  welcome: opaque(),
  invitations: list(invitation),
});
export type PendingFanOut = CodecValue<typeof pendingFanOut>;

/** What to hand over: the commit to the old roster first, then its own WelcomeBundle to each added client. */
export function fanOutsOf(pending: PendingFanOut, group: GroupId): FanOut[] {
  const { timestamp, welcome } = pending;
  const commits = pending.deliveries.map((to): FanOut => ({
    ...to,
    entry: { type: 'commit', timestamp, payload: pending.commit },
  }));
  const welcomes = pending.invitations.map(({ id, queue, attribution }): FanOut => {
    const payload = encode(welcomeBundle, { welcome, attribution, groupId: group });
    const entry = { type: 'welcome_bundle', timestamp, payload } as const;
    return { id, destination: queue.domain, configs: [queue.sealed], entry };
  });
  return [...commits, ...welcomes];
}

/** What a commit sends out. */
export interface CommitFanOut {
  readonly timestamp: bigint;
  readonly commit: Uint8Array;
  /** All of the old roster: the removed and the committer too. */
  readonly members: readonly Recipient[];
  readonly welcome: Uint8Array;
  readonly joiners: readonly { readonly queue: SealedQueueConfig; readonly attribution: Uint8Array }[];
}

/** A fan-out as it is kept, its messages' ids drawn. */
export function pendingOf(
  { timestamp, commit, members, welcome, joiners }: CommitFanOut,
  ids: MessageIds,
): PendingFanOut {
  const destinations = [...byDestination(members)];
  const deliveries = destinations.map(([destination, configs]) => ({ id: ids.next(), destination, configs }));
  const invitations = joiners.map((joiner) => ({ id: ids.next(), ...joiner }));
  return { timestamp, commit, deliveries, welcome, invitations };
}
