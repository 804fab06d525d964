import { Injectable } from '@nestjs/common';
import { PhoenixCrypto } from '@phoenix/crypto';
import { createQueue, type QueueAppend, type QueueOwner, StoreKeys } from '@phoenix/queue';

/** Makes queues within the transactions that make their owners. */
@Injectable()
export class NewQueues {
  constructor(
    private readonly storeKeys: StoreKeys,
    private readonly crypto: PhoenixCrypto,
  ) {}

  /** Whether the updates of a queue can be sealed to this key. */
  isEncryptionKey(key: Uint8Array): boolean {
    return this.crypto.hpke.isPublicKey(key);
  }

  /** Runs work that may store a new queue of `owner`: it gets what makes one under the store key of its transaction. */
  use<T>(owner: QueueOwner, work: (queue: (storeKeyId: number) => QueueAppend) => Promise<T>): Promise<T> {
    const { crypto } = this;
    return this.storeKeys.use((keys) =>
      work((storeKeyId) => createQueue({ crypto, keys, storeKeyId }, owner)),
    );
  }
}
