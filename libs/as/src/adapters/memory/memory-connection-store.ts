import type { Random } from '@phoenix/crypto';
import type { QueueAppend } from '@phoenix/queue';
import { type ClientId, equal } from '@phoenix/wire';
import type { PublishedPackage } from '../../domain/published-package.js';
import { ConnectionStore, type Publication, type TakenPackage } from '../../ports/connection-store.js';
import { type MemoryAccounts, type MemoryUser, nameOf } from './memory-accounts.js';
import type { MemoryOfferQueues } from './memory-offer-queues.js';
import { takeOne } from './memory-packages.js';

/** The ConnectionStore in memory; the accounts have one client each. */
export class MemoryConnectionStore extends ConnectionStore {
  /** By user id, as are the months in which they were last here. */
  readonly #packages = new Map<string, readonly PublishedPackage[]>();
  readonly #active = new Map<string, number>();

  constructor(
    private readonly accounts: MemoryAccounts,
    private readonly directQueues: MemoryOfferQueues,
    private readonly random: Random,
  ) {
    super();
  }

  override async publish(
    { client, packages, queueEncryptionKey, month }: Publication,
    queue: (storeKeyId: number) => QueueAppend,
  ): Promise<'published' | 'gone' | 'taken'> {
    const user = this.#find(client);
    if (user === undefined) return 'gone';
    const { queues, storeKey } = this.directQueues;
    const found = queues.get(nameOf(client.uuid));
    if (found === undefined) this.directQueues.add(client.user.uuid, queue(storeKey.current), month);
    else if (!equal(found.owner, client.user.uuid)) return 'taken';
    else if (!equal(found.head.encryptionKey, queueEncryptionKey))
      found.head = { ...found.head, encryptionKey: queueEncryptionKey, updateDue: true };
    this.#packages.set(nameOf(client.user.uuid), packages);
    this.#active.set(nameOf(client.user.uuid), month);
    return 'published';
  }

  override async take(user: Uint8Array, month: number): Promise<TakenPackage | undefined> {
    const credential = this.accounts.user(user)?.credential;
    if (credential === undefined) return undefined;
    const { taken, rest } = takeOne(this.random, this.#packages.get(nameOf(user)) ?? [], month);
    this.#packages.set(nameOf(user), rest);
    return taken && { package: taken.encoded, credential };
  }

  override async markActive(client: ClientId, month: number): Promise<void> {
    if (this.#find(client)) this.#active.set(nameOf(client.user.uuid), month);
  }

  override async expire(idleBefore: number, month: number): Promise<number> {
    const { users } = this.accounts;
    let count = 0;
    for (const [name, user] of users) {
      const active = this.#active.get(name) ?? month;
      this.#active.set(name, active);
      const good = this.#packages.get(name)?.filter(({ lastMonth }) => lastMonth >= month) ?? [];
      this.#packages.set(name, good);
      if (active >= idleBefore || user.issued.some(({ lastMonth }) => lastMonth >= month)) continue;
      users.delete(name);
      this.#packages.delete(name);
      this.directQueues.queues.delete(nameOf(user.client.uuid));
      count++;
    }
    return count;
  }

  #find({ user, uuid }: ClientId): MemoryUser | undefined {
    const found = this.accounts.user(user.uuid);
    return found && equal(found.client.uuid, uuid) ? found : undefined;
  }
}
