import { type Extension, findExtension } from '@phoenix/mls';
import { EXTENSION_QUEUE_CONFIG, sealedQueueConfig, type SealedQueueConfig } from '@phoenix/wire';
import { breaks, holds, type Judged } from './judged.js';
import { read } from './read.js';

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
