import { Statement } from '@phoenix/postgres';

export type RosterColumns = [
  roster: Buffer,
  month: number,
  pending: Buffer | null,
  generation: Buffer,
  noticeKey: Buffer,
];
export type GroupColumns = [...RosterColumns, tree: Buffer, notices: Buffer];

const ROSTER_COLUMNS = 'roster, last_active_month, pending, generation, notice_key';

export const INSERT = new Statement(
  'ds-group-insert',
  `INSERT INTO groups (group_id, roster, tree, last_active_month, pending, generation, notice_key, notices)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
);
export const LOAD_ROSTER = new Statement<RosterColumns>(
  'ds-group-roster',
  `SELECT ${ROSTER_COLUMNS} FROM groups WHERE group_id = $1`,
);
export const LOAD_WHOLE = new Statement<GroupColumns>(
  'ds-group-whole',
  `SELECT ${ROSTER_COLUMNS}, tree, notices FROM groups WHERE group_id = $1`,
);
export const SWAP = new Statement(
  'ds-group-swap',
  `UPDATE groups SET roster = $3, tree = $4, pending = $5, generation = $6, last_active_month = $7
   WHERE group_id = $1 AND generation = $2`,
);
/** A pending fan-out is sealed for the generation it came with: it would be lost with it. */
export const REPLACE_ROSTER = new Statement(
  'ds-group-replace-roster',
  `UPDATE groups SET roster = $3, generation = $4, last_active_month = $5
   WHERE group_id = $1 AND generation = $2 AND pending IS NULL`,
);
export const DELETE = new Statement(
  'ds-group-delete',
  'DELETE FROM groups WHERE group_id = $1 AND generation = $2',
);
export const CLEAR_PENDING = new Statement(
  'ds-group-clear-pending',
  'UPDATE groups SET pending = NULL WHERE group_id = $1 AND generation = $2 AND pending IS NOT NULL',
);
export const MARK_ACTIVE = new Statement(
  'ds-group-mark-active',
  'UPDATE groups SET last_active_month = $2 WHERE group_id = $1 AND last_active_month <> $2',
);
export const FILE_NOTICE = new Statement(
  'ds-group-file-notice',
  'UPDATE groups SET notices = overlay(notices PLACING $2::bytea FROM $3::int4) WHERE group_id = $1',
);
export const FIND_IDLE = new Statement<[groupId: string]>(
  'ds-group-find-idle',
  'SELECT group_id FROM groups WHERE last_active_month < $1 LIMIT $2',
);
export const DELETE_IDLE = new Statement(
  'ds-group-delete-idle',
  'DELETE FROM groups WHERE group_id = $1 AND last_active_month < $2',
);
/** Of several processes at a time one changes the month, the others wait for it and change nothing. */
export const CLAIM_MONTH = new Statement(
  'ds-claim-month',
  `INSERT INTO upkeep AS kept (task, month) VALUES ($1, $2)
   ON CONFLICT (task) DO UPDATE SET month = excluded.month WHERE kept.month <> excluded.month`,
);
