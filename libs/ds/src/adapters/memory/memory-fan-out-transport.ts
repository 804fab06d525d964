import { createHash } from 'node:crypto';
import { done, formatUuid, type Outcome, type QueueEntryContent, refuse } from '@phoenix/wire';
import type { DeletedQueue, FanOut } from '../../domain/fan-out.js';
import { FanOutTransport } from '../../ports/fan-out-transport.js';

/** An entry as its recipient finds it. */
export interface TakenEntry {
  readonly id: string;
  readonly entry: QueueEntryContent;
}

/** A FanOutTransport into lists in memory, which can be told to fail: for tests, held to the port's conformance suite. */
export class MemoryFanOutTransport extends FanOutTransport {
  readonly #taken = new Set<string>();
  readonly #queues = new Map<string, TakenEntry[]>();
  readonly #deleted = new Set<string>();
  #failures = 0;

  /** Refuses the next deliveries, so many. */
  failNext(times = 1): void {
    this.#failures = times;
  }

  /** The queue that a sealed config leads to is deleted by its owner. */
  deleteQueue(config: Uint8Array): void {
    this.#queues.delete(keyOf(config));
    this.#deleted.add(keyOf(config));
  }

  /** What has come for a sealed config, oldest first. */
  queue(config: Uint8Array): readonly TakenEntry[] {
    return this.#queues.get(keyOf(config)) ?? [];
  }

  deliver(fanOuts: readonly FanOut[]): Promise<Outcome<readonly DeletedQueue[]>> {
    if (this.#failures > 0) {
      this.#failures--;
      return Promise.resolve(refuse('UNAVAILABLE', { retryAfterMs: 1000 }));
    }
    for (const fanOut of fanOuts) this.#take(fanOut);
    return Promise.resolve(done(fanOuts.flatMap((fanOut) => this.#gone(fanOut))));
  }

  taken(id: Uint8Array): Promise<boolean> {
    return Promise.resolve(this.#taken.has(formatUuid(id)));
  }

  #take({ id: bytes, configs, entry }: FanOut): void {
    const id = formatUuid(bytes);
    if (this.#taken.has(id)) return;
    this.#taken.add(id);
    // The caller wipes its buffers: what stays is a copy.
    const kept = { id, entry: { ...entry, payload: Uint8Array.from(entry.payload) } };
    for (const config of configs) {
      if (this.#deleted.has(keyOf(config))) continue;
      this.#queues.set(keyOf(config), [...this.queue(config), kept]);
    }
  }

  #gone({ configs, destination }: FanOut): DeletedQueue[] {
    const gone = configs.filter((config) => this.#deleted.has(keyOf(config)));
    return gone.map((config) => ({ digest: sha256(config), domain: destination }));
  }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

function keyOf(config: Uint8Array): string {
  return Buffer.from(config).toString('hex');
}
