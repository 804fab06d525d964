import { withoutValues } from '../pool/database-fault.js';
import type { Queryable } from '../pool/statement.js';

/**
 * How long users in flight are waited for, a table; whoever comes meanwhile waits behind us. Shorter than the second after
 * which Postgres looks for deadlocks: of two who wait for each other's tables it is we who give way.
 */
const LOCK_LIMIT_MS = 500;

/** A table and the unique order of its rows. */
export interface KeyOrder {
  /** Its name in the connection's search path. */
  readonly table: string;
  /** A column, or columns with commas. */
  readonly key: string;
}

/**
 * Writes all rows of tables anew, in the order of their keys, under exclusive locks: once the transaction is committed,
 * neither their places, nor their transaction ids, nor the ids of their out-of-line values say which were written when.
 * (CLUSTER and VACUUM FULL keep transaction ids.) Statements of others wait and then find every row; a crash at any moment
 * changes nothing. It writes the tables twice and takes as much space besides.
 *
 * Tables that refer to each other by foreign keys are rewritten together, those that are referred to first.
 *
 * @throws `DatabaseFault` of kind `timeout` when a table cannot be had within half a second: come again.
 */
export async function rewriteInKeyOrder(
  transaction: Queryable,
  ...orders: readonly KeyOrder[]
): Promise<void> {
  const tables = orders.map(({ table }) => table).join(', ');
  const copies = orders.map((order, index) => ({ ...order, copy: `rows_to_rewrite_${index}` }));
  const statements = [
    `SET LOCAL lock_timeout = ${LOCK_LIMIT_MS}`,
    `LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`,
    // Out of line as they are, and not compressed on the way.
    ...copies.map(({ table, copy }) => `CREATE TEMPORARY TABLE ${copy} (LIKE ${table} INCLUDING STORAGE)`),
    ...copies.map(({ table, copy }) => `INSERT INTO ${copy} TABLE ${table}`),
    `TRUNCATE ${tables}`,
    ...copies.map(({ table, copy, key }) => `INSERT INTO ${table} SELECT * FROM ${copy} ORDER BY ${key}`),
    ...copies.map(({ copy }) => `DROP TABLE ${copy}`),
  ];
  try {
    for (const statement of statements) await transaction.query(statement);
  } catch (error) {
    throw withoutValues(error);
  }
}
