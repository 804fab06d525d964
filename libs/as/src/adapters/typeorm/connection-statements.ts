import { Statement } from '@phoenix/postgres';
import { UNNEST_PACKAGES } from './package-columns.js';

/** Everybody locks a client before its queue. */
export const LOCK_CLIENT = new Statement<[found: number]>(
  'as-lock-client',
  'SELECT 1 FROM clients WHERE user_id = $1::uuid AND client_id = $2::uuid FOR UPDATE',
);
export const MARK_ACTIVE = new Statement(
  'as-mark-active',
  `UPDATE clients SET active_month = $3
    WHERE user_id = $1::uuid AND client_id = $2::uuid AND active_month IS DISTINCT FROM $3`,
);
export const FIND_QUEUE = new Statement<[userId: string]>(
  'as-find-direct-queue',
  'SELECT user_id FROM direct_queues WHERE queue_id = $1::uuid',
);
export const REPLACE_QUEUE_KEY = new Statement(
  'as-replace-queue-key',
  `UPDATE direct_queues SET encryption_key = $2, update_due = true
    WHERE queue_id = $1::uuid AND encryption_key <> $2`,
);
export const DELETE_PACKAGES = new Statement(
  'as-delete-connection-packages',
  'DELETE FROM connection_packages WHERE user_id = $1::uuid AND client_id = $2::uuid',
);
export const INSERT_PACKAGES = new Statement(
  'as-insert-connection-packages',
  `INSERT INTO connection_packages (hash, last_resort, last_month, package, user_id, client_id)
   SELECT p.*, $5::uuid, $6::uuid FROM ${UNNEST_PACKAGES}`,
);

/** Takers pass over what another is just taking; what is given once is deleted in the statement that answers it. */
export const TAKE = new Statement<[taken: Buffer, credential: Buffer]>(
  'as-take-connection-package',
  `WITH drawn AS MATERIALIZED (
     SELECT p.client_id, p.hash FROM connection_packages p
      WHERE p.user_id = $1::uuid AND NOT p.last_resort AND p.last_month >= $2::int4
      ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED
   ), once AS (
     DELETE FROM connection_packages p USING drawn
      WHERE p.user_id = $1::uuid AND p.client_id = drawn.client_id AND p.hash = drawn.hash
     RETURNING p.client_id, p.package
   ), given AS (
     SELECT client_id, package FROM once
      UNION ALL (
     SELECT p.client_id, p.package FROM connection_packages p
      WHERE p.user_id = $1::uuid AND p.last_resort AND p.last_month >= $2::int4 AND NOT EXISTS (SELECT FROM once)
      ORDER BY random() LIMIT 1)
   )
   SELECT given.package, c.credential
     FROM given JOIN clients c ON c.user_id = $1::uuid AND c.client_id = given.client_id`,
);

export const COUNT_FROM_NOW = new Statement(
  'as-count-unseen-clients',
  'UPDATE clients SET active_month = $1 WHERE active_month IS NULL',
);

/** Locked, an idle client is looked at again: one that has just come back stays. */
export const LOCK_IDLE = new Statement<[userId: string]>(
  'as-lock-idle-users',
  `SELECT c.user_id FROM clients c
    WHERE c.active_month < $1::int4
      AND NOT EXISTS (SELECT FROM clients o WHERE o.user_id = c.user_id AND o.active_month >= $1::int4)
      AND NOT EXISTS (SELECT FROM issued_credentials i WHERE i.user_id = c.user_id AND i.last_month >= $2::int4)
    ORDER BY c.user_id, c.client_id FOR UPDATE`,
);
export const DELETE_USERS = new Statement(
  'as-delete-idle-users',
  'DELETE FROM users u USING unnest($1::uuid[]) AS d(id) WHERE u.id = d.id',
);
export const DELETE_ENDED = new Statement(
  'as-delete-ended-connection-packages',
  'DELETE FROM connection_packages WHERE last_month < $1::int4',
);
