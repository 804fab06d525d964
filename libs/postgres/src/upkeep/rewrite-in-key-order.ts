import { withoutValues } from '../pool/database-fault.js';
import type { Queryable } from '../pool/statement.js';

/** How long the table's users in flight are waited for; whoever comes meanwhile waits behind us. */
const LOCK_LIMIT_MS = 5_000;

/**
 * Writes all rows of a table anew, in the order of `key`, under an exclusive lock: once the transaction is committed,
 * neither their places, nor their transaction ids, nor the ids of their out-of-line values say which were written when.
 * (CLUSTER and VACUUM FULL keep transaction ids.) Statements of others wait and then find every row; a crash at any moment
 * changes nothing. It writes the table twice and takes as much space besides.
 *
 * @param table name in the connection's search path. @param key column, or columns with commas, of a unique order.
 * @throws `DatabaseFault` of kind `timeout` when the table cannot be had within five seconds.
 */
export async function rewriteInKeyOrder(
  transaction: Queryable,
  { table, key }: { readonly table: string; readonly key: string },
): Promise<void> {
  const statements = [
    `SET LOCAL lock_timeout = ${LOCK_LIMIT_MS}`,
    `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`,
    // Out of line as they are, and not compressed on the way.
    `CREATE TEMPORARY TABLE rows_to_rewrite (LIKE ${table} INCLUDING STORAGE)`,
    `INSERT INTO rows_to_rewrite TABLE ${table}`,
    `TRUNCATE ${table}`,
    `INSERT INTO ${table} SELECT * FROM rows_to_rewrite ORDER BY ${key}`,
    'DROP TABLE rows_to_rewrite',
  ];
  try {
    for (const statement of statements) await transaction.query(statement);
  } catch (error) {
    throw withoutValues(error);
  }
}
