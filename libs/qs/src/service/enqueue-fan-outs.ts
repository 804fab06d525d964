import { Injectable } from '@nestjs/common';
import { PhoenixCrypto } from '@phoenix/crypto';
import { queueContent } from '@phoenix/queue';
import { done, type Outcome, type QueueEntryContent } from '@phoenix/wire';
import type { Delivery } from '../domain/delivery.js';
import { fanOutReceipt } from '../domain/fan-out-receipt.js';
import type { QueueAddress } from '../domain/queue-address.js';
import { FanOutWriter } from './fan-out-writer.js';
import { QueueAddresses } from './queue-addresses.js';

/** One entry for the queues of several clients. */
export interface QueueFanOut {
  /** 16 bytes; an id that was taken before makes it a success without effect. */
  readonly id: Uint8Array;
  /** QueueConfigs sealed to this QS (docs/protocol §6): where the entry goes. */
  readonly configs: readonly Uint8Array[];
  readonly entry: QueueEntryContent;
}

/**
 * Puts entries into queues, once for each message id; durable when it is done, all of the call or nothing. A config that
 * leads nowhere and a queue that is full are passed over: one dead member must not block a group, nor show its absence to a
 * sender. Those who asked may know which queues are deleted, so that a group can let their owners go.
 */
@Injectable()
export class EnqueueFanOuts {
  constructor(
    private readonly addresses: QueueAddresses,
    private readonly writer: FanOutWriter,
    private readonly crypto: PhoenixCrypto,
  ) {}

  /**
   * @returns the SHA-256 of each sealed config that leads to a deleted queue: it opens, and its client has no record. Nothing
   * is said of configs that cannot be opened.
   */
  async execute(fanOuts: readonly QueueFanOut[]): Promise<Outcome<readonly Uint8Array[]>> {
    const deliveries: Delivery[] = [];
    const deleted = new DigestSet();
    for (const { id, configs, entry } of fanOuts) {
      const { addresses, unrecorded } = await this.addresses.resolve(configs);
      deleted.add(unrecorded);
      const receipt = fanOutReceipt(this.crypto, id);
      deliveries.push({ receipt, addresses: onePerQueue(addresses), content: queueContent(entry) });
    }
    const written = await this.writer.write(deliveries);
    if (!written.ok) return written;
    // What was found once may be deleted since: then the transaction has found no queue.
    if (written.value.size > 0)
      for (const { configs } of fanOuts) deleted.add(this.addresses.leadingTo(configs, written.value));
    return done(deleted.all());
  }
}

/** Digests, each once. */
class DigestSet {
  readonly #digests = new Map<string, Uint8Array>();

  add(digests: readonly Uint8Array[]): void {
    for (const digest of digests) this.#digests.set(String.fromCharCode(...digest), digest);
  }

  all(): Uint8Array[] {
    return [...this.#digests.values()];
  }
}

function onePerQueue(addresses: readonly QueueAddress[]): QueueAddress[] {
  return [...new Map(addresses.map((address) => [address.clientId, address])).values()];
}
