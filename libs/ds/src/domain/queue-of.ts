import { type Extension, findExtension } from '@phoenix/mls';
import { EXTENSION_QUEUE_CONFIG, sealedQueueConfig, type SealedQueueConfig } from '@phoenix/wire';
import { breaks, holds, type Judged } from './judged.js';
import { KeySet } from './key-set.js';
import { read } from './read.js';
import type { RosterLeaves } from './roster-leaves.js';
import type { DsRuleId } from './rules.js';

/** Where a KeyPackage's owner gets its messages: its 0xF0A2, if that is one of this home domain. */
export function queueOf(extensions: readonly Extension[], homeDomain: string): Judged<SealedQueueConfig> {
  const data = findExtension(extensions, EXTENSION_QUEUE_CONFIG);
  const queue = data && read(sealedQueueConfig, data);
  return queue === undefined ? breaks('ds.queue-config.form') : homeQueue(queue, homeDomain);
}

/** The queue config, if it is of this home domain. */
export function homeQueue(queue: SealedQueueConfig, homeDomain: string): Judged<SealedQueueConfig> {
  return queue.domain === homeDomain ? holds(queue) : breaks('ds.queue-config.domain');
}

/**
 * Rule `ds.queue-config.unique`. Members see each other's configs in Adds: whoever took another's would have that one's own
 * messages sent back to it.
 * @param leaf whose own config does not count; undefined for who has none yet.
 */
export function checkQueuesApart(
  leaves: RosterLeaves,
  leaf: number | undefined,
  entering: readonly SealedQueueConfig[],
): DsRuleId | undefined {
  if (entering.length === 0) return undefined;
  const sealed = new KeySet(entering.map((queue) => queue.sealed));
  const isTwice = sealed.size < entering.length;
  const isTaken = isTwice || leaves.queues(leaf).some((queue) => sealed.has(queue.sealed));
  return isTaken ? 'ds.queue-config.unique' : undefined;
}
