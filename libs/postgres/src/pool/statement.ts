import type { Pool, QueryArrayConfig } from 'pg';
import { withoutValues } from './database-fault.js';

/** What a parameter may be; `Uint8Array`s travel in binary form, as `bytea` or as an array encoded by hand. */
export type Parameter = Uint8Array | string | number | bigint | boolean | null;

/** Whatever runs statements: a pool, one of its connections, a transaction. */
export interface Queryable {
  query: Pool['query'];
}

/** A statement that Postgres prepares once a connection. Its name must be unique in the process. */
export class Statement<Row extends readonly unknown[] = readonly []> {
  constructor(
    private readonly name: string,
    private readonly text: string,
  ) {}

  /** Runs it; rows are arrays in the order of the selected columns. Throws `DatabaseFault` when Postgres refuses. */
  async run(on: Queryable, values: readonly Parameter[] = []): Promise<Row[]> {
    try {
      return (await on.query<Row & unknown[]>(this.with(values))).rows;
    } catch (error) {
      throw withoutValues(error);
    }
  }

  /** How many rows it changed or returned. Throws `DatabaseFault` when Postgres refuses. */
  async count(on: Queryable, values: readonly Parameter[] = []): Promise<number> {
    try {
      return (await on.query(this.with(values))).rowCount ?? 0;
    } catch (error) {
      throw withoutValues(error);
    }
  }

  private with(values: readonly Parameter[]): QueryArrayConfig<Parameter[]> {
    return { name: this.name, text: this.text, values: values.map(asBuffer), rowMode: 'array' };
  }
}

/** node-pg sends a Buffer in binary form and makes a copy of any other view. */
function asBuffer(value: Parameter): Parameter {
  if (!(value instanceof Uint8Array) || Buffer.isBuffer(value)) return value;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
