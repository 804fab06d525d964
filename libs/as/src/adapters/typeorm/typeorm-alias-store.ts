import { type ConnectionPool, inTransaction, poolOf, Statement } from '@phoenix/postgres';
import type { QueueAppend } from '@phoenix/queue';
import type { DataSource } from 'typeorm';
import type { PublishedPackage } from '../../domain/published-package.js';
import { type AliasMonths, type AliasRecord, AliasStore } from '../../ports/alias-store.js';
import { packageColumns, UNNEST_PACKAGES } from './package-columns.js';
import { holdQueueStoreKey } from './queue-store-key-lock.js';
import { insertQueue } from './typeorm-offer-queue-store.js';

const DELETE_RUN_OUT = new Statement(
  'as-delete-alias-run-out',
  'DELETE FROM aliases WHERE alias = $1 AND last_month < $2::int4',
);
const INSERT = new Statement(
  'as-insert-alias',
  'INSERT INTO aliases (alias, auth_key, last_month) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
);
const FIND = new Statement<[authKey: Buffer, encryptionKey: Buffer]>(
  'as-find-alias',
  `SELECT a.auth_key, q.encryption_key FROM aliases a JOIN alias_queues q USING (alias)
    WHERE a.alias = $1 AND a.last_month >= $2::int4`,
);
/** Only where it changes: a retry leaves no trace. */
const REFRESH = new Statement(
  'as-refresh-alias',
  'UPDATE aliases SET last_month = $3::int4 WHERE alias = $1 AND auth_key = $2 AND last_month <> $3::int4',
);
const OWNED = new Statement<[found: number]>(
  'as-find-owned-alias',
  'SELECT 1 FROM aliases WHERE alias = $1 AND auth_key = $2',
);
const LOCK_OWNED = new Statement<[found: number]>(
  'as-lock-owned-alias',
  'SELECT 1 FROM aliases WHERE alias = $1 AND auth_key = $2 FOR UPDATE',
);
const RELEASE = new Statement('as-release-alias', 'DELETE FROM aliases WHERE alias = $1 AND auth_key = $2');
const DELETE_PACKAGES = new Statement(
  'as-delete-alias-packages',
  'DELETE FROM alias_packages WHERE alias = $1',
);
const INSERT_PACKAGES = new Statement(
  'as-insert-alias-packages',
  `INSERT INTO alias_packages (hash, last_resort, last_month, package, alias)
   SELECT p.*, $5 FROM ${UNNEST_PACKAGES}`,
);

/** Takers pass over what another is just taking; what is given once is deleted in the statement that answers it. */
const TAKE = new Statement<[taken: Buffer | null]>(
  'as-take-alias-package',
  `WITH drawn AS MATERIALIZED (
     SELECT p.hash FROM alias_packages p JOIN aliases a USING (alias)
      WHERE p.alias = $1 AND a.last_month >= $2::int4 AND NOT p.last_resort AND p.last_month >= $2::int4
      ORDER BY random() LIMIT 1 FOR UPDATE OF p SKIP LOCKED
   ), once AS (
     DELETE FROM alias_packages p USING drawn WHERE p.alias = $1 AND p.hash = drawn.hash RETURNING p.package
   )
   SELECT coalesce((SELECT package FROM once), (
            SELECT p.package FROM alias_packages p JOIN aliases a USING (alias)
             WHERE p.alias = $1 AND a.last_month >= $2::int4 AND p.last_resort AND p.last_month >= $2::int4
             ORDER BY random() LIMIT 1
          ))`,
);

const EXPIRE = new Statement('as-expire-aliases', 'DELETE FROM aliases WHERE last_month < $1::int4');
const DELETE_ENDED = new Statement(
  'as-delete-ended-alias-packages',
  'DELETE FROM alias_packages WHERE last_month < $1::int4',
);

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
      await DELETE_RUN_OUT.run(transaction, [alias, month]);
      if ((await INSERT.count(transaction, [alias, authKey, lastMonth])) === 0) return 'taken';
      const isNew = await insertQueue(transaction, 'alias', alias, queue(storeKeyId), month);
      if (!isNew) throw new Error('two aliases have one queue id');
      return 'registered';
    });
  }

  override async find(alias: string, month: number): Promise<AliasRecord | undefined> {
    const [row] = await FIND.run(this.#pool, [alias, month]);
    return row && { alias, authKey: row[0], queueEncryptionKey: row[1] };
  }

  override async refresh(alias: string, authKey: Uint8Array, lastMonth: number): Promise<boolean> {
    if ((await REFRESH.count(this.#pool, [alias, authKey, lastMonth])) > 0) return true;
    return (await OWNED.run(this.#pool, [alias, authKey])).length > 0;
  }

  override async release(alias: string, authKey: Uint8Array): Promise<boolean> {
    return (await RELEASE.count(this.#pool, [alias, authKey])) > 0;
  }

  override replacePackages(
    alias: string,
    authKey: Uint8Array,
    packages: readonly PublishedPackage[],
  ): Promise<boolean> {
    return inTransaction(this.#pool, async (transaction) => {
      if ((await LOCK_OWNED.run(transaction, [alias, authKey])).length === 0) return false;
      await DELETE_PACKAGES.run(transaction, [alias]);
      await INSERT_PACKAGES.run(transaction, [...packageColumns(packages), alias]);
      return true;
    });
  }

  override async takePackage(alias: string, month: number): Promise<Uint8Array | undefined> {
    const [row] = await TAKE.run(this.#pool, [alias, month]);
    return row?.[0] ?? undefined;
  }

  override async expire(month: number): Promise<number> {
    await DELETE_ENDED.run(this.#pool, [month]);
    return EXPIRE.count(this.#pool, [month]);
  }
}
