import type { inTransaction } from '@phoenix/postgres';
import type { DataSource } from 'typeorm';

/** A pool of node-pg's. */
export type ConnectionPool = Parameters<typeof inTransaction>[0];

/** The pool beneath a DataSource, for statements that an ORM is too slow for. */
export function poolOf(dataSource: DataSource): ConnectionPool {
  return (dataSource.driver as unknown as { master: ConnectionPool }).master;
}
