import { Statement } from '@phoenix/postgres';

export const INSERT_USER = new Statement(
  'qs-insert-user',
  'INSERT INTO user_records (user_id, user_key, friendship_hash) VALUES ($1::uuid, $2, $3)',
);

export const INSERT_CLIENT = new Statement(
  'qs-insert-client',
  'INSERT INTO client_records (client_id, user_id, client_key, active_month) VALUES ($1::uuid, $2::uuid, $3, $4)',
);

export const INSERT_HEAD = new Statement(
  'qs-insert-head',
  `INSERT INTO queue_heads (client_id, next_seq, secret, store_key, encryption_key, entries, bytes, since_update, update_due, gap_told)
   VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);

export const INSERT_ENTRY = new Statement(
  'qs-insert-entry',
  'INSERT INTO queue_entries (client_id, seq, kind, month, body) VALUES ($1::uuid, $2, $3, $4, $5)',
);

export const FIND_ENCRYPTION_KEY = new Statement<[encryptionKey: Buffer]>(
  'qs-find-encryption-key',
  'SELECT encryption_key FROM queue_heads WHERE client_id = $1::uuid',
);

/** Present keys first. */
export const FIND_CLIENT_KEYS = new Statement<[clientId: string, clientKey: Buffer]>(
  'qs-find-client-keys',
  `SELECT k.client_id, k.client_key
     FROM unnest($1::uuid[]) AS d(id)
     JOIN (
       SELECT client_id, client_key, 0 AS age FROM client_records
       UNION ALL SELECT client_id, client_key, 1 FROM former_client_keys
     ) k ON k.client_id = d.id
    ORDER BY k.age`,
);

export const REPLACE_ENCRYPTION_KEY = new Statement(
  'qs-replace-encryption-key',
  `UPDATE queue_heads SET encryption_key = $2, update_due = true
    WHERE client_id = $1::uuid AND encryption_key <> $2`,
);

/** The former key is kept, unless there are too many or it is the same. */
export const REPLACE_CLIENT_KEY = new Statement(
  'qs-replace-client-key',
  `WITH former AS MATERIALIZED (
     SELECT client_id, client_key FROM client_records WHERE client_id = $1::uuid AND client_key <> $2 FOR UPDATE
   ), kept AS (
     INSERT INTO former_client_keys (client_id, client_key) SELECT client_id, client_key FROM former
     ON CONFLICT DO NOTHING
   )
   UPDATE client_records c SET client_key = $2 FROM former WHERE c.client_id = former.client_id`,
);

export const COUNT_FORMER_KEYS = new Statement<[count: number]>(
  'qs-count-former-keys',
  'SELECT count(*)::int4 FROM former_client_keys WHERE client_id = $1::uuid',
);

/** Locks the queues of a user, in the order in which everybody does. */
export const LOCK_USERS_HEADS = new Statement<[clientId: string]>(
  'qs-lock-users-heads',
  `SELECT h.client_id FROM client_records c JOIN queue_heads h USING (client_id)
    WHERE c.user_id = $1::uuid ORDER BY h.client_id FOR UPDATE OF h`,
);

export const DELETE_ENTRIES = new Statement(
  'qs-delete-entries',
  'DELETE FROM queue_entries e USING unnest($1::uuid[]) AS d(id) WHERE e.client_id = d.id',
);

/** All else goes with it. */
export const DELETE_USER = new Statement(
  'qs-delete-user',
  'DELETE FROM user_records WHERE user_id = $1::uuid',
);
