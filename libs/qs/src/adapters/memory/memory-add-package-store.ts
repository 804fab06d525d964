import type { Random } from '@phoenix/crypto';
import { shuffled } from '@phoenix/queue';
import { equal, formatUuid } from '@phoenix/wire';
import { AddPackageStore, type StoredAddPackage } from '../../ports/add-package-store.js';
import type { MemoryDatabase } from './memory-database.js';

/** The AddPackageStore in memory. */
export class MemoryAddPackageStore extends AddPackageStore {
  constructor(
    private readonly database: MemoryDatabase,
    private readonly random: Random,
  ) {
    super();
  }

  override async replaceAll(clientId: Uint8Array, packages: readonly StoredAddPackage[]): Promise<void> {
    const id = formatUuid(clientId);
    if (this.database.clients.has(id)) this.database.packages.set(id, [...packages]);
  }

  override async takeOneEach(friendshipHash: Uint8Array): Promise<Uint8Array[] | undefined> {
    const { users, clients } = this.database;
    const user = [...users.values()].find((candidate) => equal(candidate.friendshipHash, friendshipHash));
    if (user === undefined) return undefined;
    const own = [...clients].filter(([, client]) => equal(client.userId, user.userId));
    return own.flatMap(([id]) => this.#takeOne(id) ?? []);
  }

  #takeOne(clientId: string): Uint8Array | undefined {
    const packages = shuffled(this.random, this.database.packages.get(clientId) ?? []);
    const taken = packages.find(({ lastResort }) => !lastResort) ?? packages[0];
    const rest = packages.filter((candidate) => candidate !== taken || candidate.lastResort);
    this.database.packages.set(clientId, rest);
    return taken?.encoded;
  }
}
