import type { QueueEntry, QueueHead } from '@phoenix/queue';
import type { ClientRecord, UserRecord } from '../../domain/records.js';
import type { StoredAddPackage } from '../../ports/add-package-store.js';
import type { ServiceKey, ServiceKeyName } from '../../ports/service-key-store.js';

/** An entry with the month it is kept by. */
export interface MemoryEntry extends QueueEntry {
  readonly month: number;
}

/** A queue with what waits in it, in the order of seqs. */
export interface MemoryQueue {
  head: QueueHead;
  entries: MemoryEntry[];
}

/** What the memory stores of one QS share: for fast tests, never for production. Ids are keys as text. */
export class MemoryDatabase {
  readonly users = new Map<string, UserRecord>();
  readonly clients = new Map<string, ClientRecord>();
  readonly formerKeys = new Map<string, Uint8Array[]>();
  readonly packages = new Map<string, StoredAddPackage[]>();
  readonly queues = new Map<string, MemoryQueue>();
  /** Months by receipt, in hexadecimal. */
  readonly receipts = new Map<string, number>();
  readonly serviceKeys = new Map<ServiceKeyName, ServiceKey>();
  storeKeyId: number | undefined;

  get currentStoreKeyId(): number {
    if (this.storeKeyId === undefined) throw new Error('no store key was named');
    return this.storeKeyId;
  }
}
