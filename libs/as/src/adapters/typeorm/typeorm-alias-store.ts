import { type ConnectionPool, inTransaction, poolOf } from '@phoenix/postgres';
import type { QueueAppend } from '@phoenix/queue';
import type { DataSource } from 'typeorm';
import type { PublishedPackage } from '../../domain/published-package.js';
import { type AliasMonths, type AliasRecord, AliasStore } from '../../ports/alias-store.js';
import * as sql from './alias-statements.js';
import { packageColumns } from './package-columns.js';
import { holdQueueStoreKey } from './queue-store-key-lock.js';
import { insertQueue } from './typeorm-offer-queue-store.js';

/** The AliasStore on Postgres. */
export class TypeormAliasStore extends AliasStore {
  readonly #pool: ConnectionPool;

  constructor(dataSource: DataSource) {
    super();
    this.#pool = poolOf(dataSource);
  }

  override register(
    { alias, authKey }: AliasRecord,
    { month, lastMonth }: AliasMonths,
    queue: (storeKeyId: number) => QueueAppend,
  ): Promise<'registered' | 'taken'> {
    return inTransaction(this.#pool, async (transaction) => {
      const storeKeyId = await holdQueueStoreKey(transaction);
      await sql.DELETE_RUN_OUT.run(transaction, [alias, month]);
      if ((await sql.INSERT.count(transaction, [alias, authKey, lastMonth])) === 0) return 'taken';
      const isNew = await insertQueue(transaction, 'alias', alias, queue(storeKeyId), month);
      if (!isNew) throw new Error('two aliases have one queue id');
      return 'registered';
    });
  }

  override async find(alias: string, month: number): Promise<AliasRecord | undefined> {
    const [row] = await sql.FIND.run(this.#pool, [alias, month]);
    return row && { alias, authKey: row[0], queueEncryptionKey: row[1] };
  }

  override async refresh(alias: string, authKey: Uint8Array, lastMonth: number): Promise<boolean> {
    if ((await sql.REFRESH.count(this.#pool, [alias, authKey, lastMonth])) > 0) return true;
    return (await sql.OWNED.run(this.#pool, [alias, authKey])).length > 0;
  }

  override async release(alias: string, authKey: Uint8Array): Promise<boolean> {
    return (await sql.RELEASE.count(this.#pool, [alias, authKey])) > 0;
  }

  override replacePackages(
    alias: string,
    authKey: Uint8Array,
    packages: readonly PublishedPackage[],
  ): Promise<boolean> {
    return inTransaction(this.#pool, async (transaction) => {
      if ((await sql.LOCK_OWNED.run(transaction, [alias, authKey])).length === 0) return false;
      await sql.DELETE_PACKAGES.run(transaction, [alias]);
      await sql.INSERT_PACKAGES.run(transaction, [...packageColumns(packages), alias]);
      return true;
    });
  }

  override async takePackage(alias: string, month: number): Promise<Uint8Array | undefined> {
    const [row] = await sql.TAKE.run(this.#pool, [alias, month]);
    return row?.[0] ?? undefined;
  }

  override async expire(month: number): Promise<number> {
    await sql.DELETE_ENDED.run(this.#pool, [month]);
    return sql.EXPIRE.count(this.#pool, [month]);
  }
}
