import { ClientStore, type MemoryClientStore, type StoreWrite } from '@phoenix/client';

/** Dies as a process would: after so many writes none arrives any more. */
export class DyingStore extends ClientStore {
  constructor(
    private readonly disk: MemoryClientStore,
    private writesLeft: number,
  ) {
    super();
  }

  get isAlive(): boolean {
    return this.writesLeft >= 0;
  }

  get(key: string): Promise<Uint8Array | undefined> {
    return this.disk.get(key);
  }

  keys(prefix: string): Promise<string[]> {
    return this.disk.keys(prefix);
  }

  write(batch: readonly StoreWrite[]): Promise<void> {
    if (this.writesLeft-- <= 0) return Promise.reject(new Error('killed'));
    return this.disk.write(batch);
  }
}
