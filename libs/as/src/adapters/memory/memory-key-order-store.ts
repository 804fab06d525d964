import { KeyOrderStore } from '../../ports/key-order-store.js';

/** The KeyOrderStore of stores in memory, which have no order on a disk. */
export class MemoryKeyOrderStore extends KeyOrderStore {
  #month: number | undefined;

  override async rewriteAliases(): Promise<void> {
    // Nothing lies anywhere.
  }

  override async rewriteUsers(month: number): Promise<boolean> {
    const isNew = this.#month !== month;
    this.#month = month;
    return isNew;
  }
}
