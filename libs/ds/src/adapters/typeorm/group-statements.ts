import { Statement } from '@phoenix/postgres';

export type RosterColumns = [roster: Buffer, month: number, pending: Buffer | null, generation: Buffer];
export type GroupColumns = [...RosterColumns, tree: Buffer];

export const INSERT = new Statement(
  'ds-group-insert',
  `INSERT INTO groups (group_id, roster, tree, last_active_month, pending, generation)
   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
);
export const LOAD_ROSTER = new Statement<RosterColumns>(
  'ds-group-roster',
  'SELECT roster, last_active_month, pending, generation FROM groups WHERE group_id = $1',
);
export const LOAD_WHOLE = new Statement<GroupColumns>(
  'ds-group-whole',
  'SELECT roster, last_active_month, pending, generation, tree FROM groups WHERE group_id = $1',
);
export const SWAP = new Statement(
  'ds-group-swap',
  `UPDATE groups SET roster = $3, tree = $4, pending = $5, generation = $6, last_active_month = $7
   WHERE group_id = $1 AND generation = $2`,
);
export const CLEAR_PENDING = new Statement(
  'ds-group-clear-pending',
  'UPDATE groups SET pending = NULL WHERE group_id = $1 AND generation = $2 AND pending IS NOT NULL',
);
export const MARK_ACTIVE = new Statement(
  'ds-group-mark-active',
  'UPDATE groups SET last_active_month = $2 WHERE group_id = $1 AND last_active_month <> $2',
);
