import { Injectable } from '@nestjs/common';
import { PhoenixCrypto } from '@phoenix/crypto';
import { queueContent } from '@phoenix/queue';
import type { Outcome, QueueEntryContent } from '@phoenix/wire';
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
 * leads nowhere and a queue that is full are passed over: one dead member must not block a group, nor show its absence.
 */
@Injectable()
export class EnqueueFanOuts {
  constructor(
    private readonly addresses: QueueAddresses,
    private readonly writer: FanOutWriter,
    private readonly crypto: PhoenixCrypto,
  ) {}

  async execute(fanOuts: readonly QueueFanOut[]): Promise<Outcome<void>> {
    const deliveries: Delivery[] = [];
    for (const fanOut of fanOuts) deliveries.push(await this.#prepare(fanOut));
    return this.writer.write(deliveries);
  }

  async #prepare({ id, configs, entry }: QueueFanOut): Promise<Delivery> {
    const addresses = await this.addresses.resolve(configs);
    return {
      receipt: fanOutReceipt(this.crypto, id),
      addresses: onePerQueue(addresses),
      content: queueContent(entry),
    };
  }
}

function onePerQueue(addresses: readonly QueueAddress[]): QueueAddress[] {
  return [...new Map(addresses.map((address) => [address.clientId, address])).values()];
}
