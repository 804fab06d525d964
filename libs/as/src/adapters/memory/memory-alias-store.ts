import type { Random } from '@phoenix/crypto';
import type { QueueAppend } from '@phoenix/queue';
import { equal } from '@phoenix/wire';
import type { PublishedPackage } from '../../domain/published-package.js';
import { type AliasMonths, type AliasRecord, AliasStore } from '../../ports/alias-store.js';
import { nameOf } from './memory-accounts.js';
import type { MemoryOfferQueues } from './memory-offer-queues.js';
import { takeOne } from './memory-packages.js';

interface MemoryAlias {
  readonly record: AliasRecord;
  readonly queueId: Uint8Array;
  lastMonth: number;
  packages: readonly PublishedPackage[];
}

/** The AliasStore in memory. */
export class MemoryAliasStore extends AliasStore {
  readonly #aliases = new Map<string, MemoryAlias>();

  constructor(
    private readonly queues: MemoryOfferQueues,
    private readonly random: Random,
  ) {
    super();
  }

  override async register(
    record: AliasRecord,
    { month, lastMonth }: AliasMonths,
    queue: (storeKeyId: number) => QueueAppend,
  ): Promise<'registered' | 'taken'> {
    const former = this.#aliases.get(record.alias);
    if (former && former.lastMonth >= month) return 'taken';
    if (former) this.#remove(former);
    const append = queue(this.queues.storeKey.current);
    this.queues.add(record.authKey, append, month);
    this.#aliases.set(record.alias, { record, queueId: append.head.id, lastMonth, packages: [] });
    return 'registered';
  }

  override async find(alias: string, month: number): Promise<AliasRecord | undefined> {
    const found = this.#aliases.get(alias);
    return found && found.lastMonth >= month ? found.record : undefined;
  }

  override async refresh(alias: string, authKey: Uint8Array, lastMonth: number): Promise<boolean> {
    const owned = this.#owned(alias, authKey);
    if (owned) owned.lastMonth = lastMonth;
    return owned !== undefined;
  }

  override async release(alias: string, authKey: Uint8Array): Promise<boolean> {
    const owned = this.#owned(alias, authKey);
    if (owned) this.#remove(owned);
    return owned !== undefined;
  }

  override async replacePackages(
    alias: string,
    authKey: Uint8Array,
    packages: readonly PublishedPackage[],
  ): Promise<boolean> {
    const owned = this.#owned(alias, authKey);
    if (owned) owned.packages = packages;
    return owned !== undefined;
  }

  override async takePackage(alias: string, month: number): Promise<Uint8Array | undefined> {
    const found = this.#aliases.get(alias);
    if (found === undefined || found.lastMonth < month) return undefined;
    const { taken, rest } = takeOne(this.random, found.packages, month);
    found.packages = rest;
    return taken?.encoded;
  }

  override async expire(month: number): Promise<number> {
    const before = this.#aliases.size;
    for (const alias of this.#aliases.values()) {
      alias.packages = alias.packages.filter(({ lastMonth }) => lastMonth >= month);
      if (alias.lastMonth < month) this.#remove(alias);
    }
    return before - this.#aliases.size;
  }

  #owned(alias: string, authKey: Uint8Array): MemoryAlias | undefined {
    const found = this.#aliases.get(alias);
    return found && equal(found.record.authKey, authKey) ? found : undefined;
  }

  #remove({ record, queueId }: MemoryAlias): void {
    this.#aliases.delete(record.alias);
    this.queues.queues.delete(nameOf(queueId));
  }
}
