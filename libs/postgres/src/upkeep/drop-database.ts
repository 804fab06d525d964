import { escapeIdentifier } from 'pg';

/** What can run a statement on another database of the same server. */
interface Server {
  query(statement: string, values?: readonly unknown[]): Promise<unknown>;
}

/**
 * Removes a database and ends our role's sessions on it. Not `WITH (FORCE)`: that fails for a role without privileges
 * while autovacuum, which is a superuser's, is at work there; a plain `DROP` sends autovacuum away by itself.
 */
export async function dropDatabase(server: Server, name: string): Promise<void> {
  await server.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = current_user',
    [name],
  );
  await server.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)}`);
}
