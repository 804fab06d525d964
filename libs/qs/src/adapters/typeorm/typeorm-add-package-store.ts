import {
  byteaArray,
  type ConnectionPool,
  int4Array,
  inTransaction,
  poolOf,
  Statement,
} from '@phoenix/postgres';
import { formatUuid } from '@phoenix/wire';
import type { DataSource } from 'typeorm';
import { AddPackageStore, type StoredAddPackage } from '../../ports/add-package-store.js';

/** Publications of one client follow one another. */
const LOCK_CLIENT = new Statement<[clientId: string]>(
  'qs-lock-client',
  'SELECT client_id FROM client_records WHERE client_id = $1::uuid FOR UPDATE',
);
const DELETE_ALL = new Statement('qs-delete-packages', 'DELETE FROM add_packages WHERE client_id = $1::uuid');
const INSERT_ALL = new Statement(
  'qs-insert-packages',
  `INSERT INTO add_packages (client_id, ref, last_resort, package)
   SELECT $1::uuid, p.ref, p.last_resort <> 0, p.package
     FROM unnest($2::bytea[], $3::int4[], $4::bytea[]) AS p(ref, last_resort, package)`,
);

/**
 * One row for each client of the user, its package null where it has none. Takers pass over what another is just taking;
 * of what is drawn, a one-time package is deleted in the statement that answers it.
 */
const TAKE = new Statement<[taken: Buffer | null]>(
  'qs-take-packages',
  `WITH c AS MATERIALIZED (
     SELECT c.client_id FROM user_records u JOIN client_records c USING (user_id) WHERE u.friendship_hash = $1
   ), drawn AS MATERIALIZED (
     SELECT p.client_id, p.ref FROM c CROSS JOIN LATERAL (
       SELECT a.client_id, a.ref FROM add_packages a
        WHERE a.client_id = c.client_id AND NOT a.last_resort
        ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED
     ) p
   ), once AS (
     DELETE FROM add_packages a USING drawn WHERE a.client_id = drawn.client_id AND a.ref = drawn.ref
     RETURNING a.client_id, a.package
   )
   SELECT coalesce(once.package, (
            SELECT a.package FROM add_packages a
             WHERE a.client_id = c.client_id AND a.last_resort ORDER BY random() LIMIT 1
          ))
     FROM c LEFT JOIN once USING (client_id)
    ORDER BY random()`,
);

/** The AddPackageStore on Postgres. */
export class TypeormAddPackageStore extends AddPackageStore {
  readonly #pool: ConnectionPool;

  constructor(dataSource: DataSource) {
    super();
    this.#pool = poolOf(dataSource);
  }

  override replaceAll(clientId: Uint8Array, packages: readonly StoredAddPackage[]): Promise<void> {
    const id = formatUuid(clientId);
    return inTransaction(this.#pool, async (transaction) => {
      const [locked] = await Promise.all([
        LOCK_CLIENT.run(transaction, [id]),
        DELETE_ALL.run(transaction, [id]),
      ]);
      if (locked.length === 0) return;
      await INSERT_ALL.run(transaction, [
        id,
        byteaArray(packages.map(({ ref }) => ref)),
        int4Array(packages.map(({ lastResort }) => Number(lastResort))),
        byteaArray(packages.map(({ encoded }) => encoded)),
      ]);
    });
  }

  /** A user has a client from its record's first moment on: no row means no user. */
  override async takeOneEach(friendshipHash: Uint8Array): Promise<Uint8Array[] | undefined> {
    const rows = await TAKE.run(this.#pool, [friendshipHash]);
    if (rows.length === 0) return undefined;
    return rows.flatMap(([taken]) => (taken === null ? [] : [taken]));
  }
}
