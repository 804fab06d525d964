import { nodeCrypto } from '@phoenix/crypto';
import { formatUuid } from '@phoenix/wire';
import type { QueueAppend, QueueHead } from '../queue-head.js';
import type { StoreKeyStore } from '../store-key-store.js';
import { sampleQueue } from './sample-queue.js';

const crypto = nodeCrypto();

/** A StoreKeyStore among the stores whose queues it looks after. */
export interface StoreKeyStoreUnderTest {
  readonly storeKeys: StoreKeyStore;
  /** The store key that whoever writes to a queue is told to wrap under. */
  current(): Promise<number>;
  /** Makes a queue by its id of 16 bytes. */
  addQueue(id: Uint8Array, queue: (storeKeyId: number) => QueueAppend): Promise<void>;
  /** Undefined where there is none. */
  headOf(id: Uint8Array): Promise<QueueHead | undefined>;
}

/** What every StoreKeyStore must hold to; `make` answers fresh stores without a store key. */
export function storeKeyStoreConformance(make: () => Promise<StoreKeyStoreUnderTest>): void {
  it('names the first store key once, and never goes back', async () => {
    const { storeKeys, current } = await make();
    expect(await storeKeys.initialise(3)).toBe(3);
    expect(await storeKeys.initialise(4)).toBe(3);
    await storeKeys.advance(5);
    await storeKeys.advance(4);
    expect(await current()).toBe(5);
  });

  it('passes every queue under an older key to the step, once, and keeps what it makes of it', async () => {
    const { storeKeys, addQueue, headOf } = await make();
    await storeKeys.initialise(1);
    const ids = Array.from({ length: 25 }, () => crypto.random.uuid());
    for (const id of ids) await addQueue(id, (storeKeyId) => sampleQueue(id, storeKeyId));
    await storeKeys.advance(2);
    const seen: Uint8Array[] = [];
    const wrappedSecret = crypto.random.bytes(61);
    await storeKeys.rewrap(10, (head, storeKeyId) => {
      seen.push(head.id);
      return seen.length === 1 ? undefined : { ...head, storeKeyId, wrappedSecret };
    });
    expect(seen.map(formatUuid).sort()).toEqual(ids.map(formatUuid).sort());
    const again: number[] = [];
    await storeKeys.rewrap(10, (head) => void again.push(head.storeKeyId));
    expect(again).toEqual([1]);
    for (const id of seen.slice(1)) {
      expect([...((await headOf(id))?.wrappedSecret ?? [])]).toEqual([...wrappedSecret]);
    }
  });
}
