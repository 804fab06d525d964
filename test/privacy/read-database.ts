import { Pool } from 'pg';
import type { Place } from './audit.js';

/** One column of a database. */
export interface Column {
  /** `<service>.<table>.<column>`; in a schema for jobs `<service>.jobs.<table>.<column>`. */
  readonly name: string;
  readonly type: string;
}

/** A database as someone with a copy of it reads it. */
export interface DatabaseCopy {
  readonly columns: readonly Column[];
  /** Names of sequences. */
  readonly sequences: readonly string[];
  readonly places: readonly Place[];
}

const COLUMNS = `
  SELECT n.nspname AS schema, c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
   WHERE c.relkind IN ('r', 'p', 'm') AND a.attnum > 0 AND NOT a.attisdropped
     AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'`;

const SEQUENCES = `
  SELECT n.nspname AS schema, c.relname AS table
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S'`;

/** A table or sequence; those that BullMQ keeps are told apart. */
const nameOf = (service: string, { schema, table }: { schema: string; table: string }): string =>
  `${service}.${schema.endsWith('_jobs') ? 'jobs.' : ''}${table}`;

/** Reads every column of every row, as text and, of `bytea` and `uuid`, as bytes. */
export async function readDatabase(service: string, url: string): Promise<DatabaseCopy> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    const { rows } = await pool.query<{ schema: string; table: string; column: string; type: string }>(
      COLUMNS,
    );
    const sequences = await pool.query<{ schema: string; table: string }>(SEQUENCES);
    const places: Place[] = [];
    for (const { schema, table, column, type } of rows) {
      const name = `${nameOf(service, { schema, table })}.${column}`;
      const values = await pool.query<{ value: string | null }>(
        `SELECT "${column}"::text AS value FROM "${schema}"."${table}"`,
      );
      for (const { value } of values.rows)
        if (value !== null) places.push({ name, bytes: bytesOf(value, type) });
    }
    return {
      columns: rows.map((row) => ({ name: `${nameOf(service, row)}.${row.column}`, type: row.type })),
      sequences: sequences.rows.map((row) => nameOf(service, row)),
      places,
    };
  } finally {
    await pool.end();
  }
}

function bytesOf(text: string, type: string): Buffer {
  if (type === 'bytea') return Buffer.from(text.slice(2), 'hex');
  if (type === 'uuid')
    return Buffer.concat([Buffer.from(text.replaceAll('-', ''), 'hex'), Buffer.from(text)]);
  return Buffer.from(text);
}
