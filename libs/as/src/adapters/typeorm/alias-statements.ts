import { Statement } from '@phoenix/postgres';
import { UNNEST_PACKAGES } from './package-columns.js';

export const DELETE_RUN_OUT = new Statement(
  'as-delete-alias-run-out',
  'DELETE FROM aliases WHERE alias = $1 AND last_month < $2::int4',
);
export const INSERT = new Statement(
  'as-insert-alias',
  'INSERT INTO aliases (alias, auth_key, last_month) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
);
export const FIND = new Statement<[authKey: Buffer, encryptionKey: Buffer]>(
  'as-find-alias',
  `SELECT a.auth_key, q.encryption_key FROM aliases a JOIN alias_queues q USING (alias)
    WHERE a.alias = $1 AND a.last_month >= $2::int4`,
);
/** Only where it changes: a retry leaves no trace. */
export const REFRESH = new Statement(
  'as-refresh-alias',
  'UPDATE aliases SET last_month = $3::int4 WHERE alias = $1 AND auth_key = $2 AND last_month <> $3::int4',
);
export const OWNED = new Statement<[found: number]>(
  'as-find-owned-alias',
  'SELECT 1 FROM aliases WHERE alias = $1 AND auth_key = $2',
);
export const LOCK_OWNED = new Statement<[found: number]>(
  'as-lock-owned-alias',
  'SELECT 1 FROM aliases WHERE alias = $1 AND auth_key = $2 FOR UPDATE',
);
export const RELEASE = new Statement(
  'as-release-alias',
  'DELETE FROM aliases WHERE alias = $1 AND auth_key = $2',
);
export const DELETE_PACKAGES = new Statement(
  'as-delete-alias-packages',
  'DELETE FROM alias_packages WHERE alias = $1',
);
export const INSERT_PACKAGES = new Statement(
  'as-insert-alias-packages',
  `INSERT INTO alias_packages (hash, last_resort, last_month, package, alias)
   SELECT p.*, $5 FROM ${UNNEST_PACKAGES}`,
);

/** Takers pass over what another is just taking; what is given once is deleted in the statement that answers it. */
export const TAKE = new Statement<[taken: Buffer | null]>(
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

export const EXPIRE = new Statement('as-expire-aliases', 'DELETE FROM aliases WHERE last_month < $1::int4');
export const DELETE_ENDED = new Statement(
  'as-delete-ended-alias-packages',
  'DELETE FROM alias_packages WHERE last_month < $1::int4',
);
