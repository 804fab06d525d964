import { Injectable } from '@nestjs/common';
import { PhoenixCrypto } from '@phoenix/crypto';
import { fanOutReceipt } from '../domain/fan-out-receipt.js';
import { QueueStore } from '../ports/queue-store.js';

/**
 * Whether a message id was taken before: by that a message is known that is sent again after its answer was lost, though
 * it could not be taken any more (docs/protocol §4, §7).
 */
@Injectable()
export class WasTaken {
  constructor(
    private readonly queues: QueueStore,
    private readonly crypto: PhoenixCrypto,
  ) {}

  /** @param id 16 bytes. */
  execute(id: Uint8Array): Promise<boolean> {
    return this.queues.holdsReceipt(fanOutReceipt(this.crypto, id));
  }
}
