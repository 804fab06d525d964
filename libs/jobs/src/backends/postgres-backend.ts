import type { JobBackend } from '../job-backend.js';
import type { OpenBackend } from './open-backend.js';

/** A server that takes longer is taken for absent, and asked again later. */
const CONNECT_LIMIT_MS = 10_000;
/** A service has few jobs, one at a time: one connection to look after them and one beside it. */
const CONNECTIONS = 2;

/** BullMQ on the service's own Postgres; makes its tables at the first start. */
export async function openPostgres({
  databaseUrl,
  schema,
}: JobBackend & { kind: 'postgres' }): Promise<OpenBackend> {
  const { createPostgresBackend, withBackend } = await import('bullmq');
  const connection = { ...connectionTo(databaseUrl), schema, migrate: true, skipVersionCheck: true };
  return {
    bull: withBackend(createPostgresBackend) as OpenBackend['bull'],
    options: { connection },
    onReturn: () => undefined,
    close: () => undefined,
  };
}

/** Options in a URL would win over those that BullMQ adds to choose its schema: they are taken out and given apart. */
function connectionTo(databaseUrl: string): Readonly<Record<string, string | number>> {
  const url = new URL(databaseUrl);
  const options = url.searchParams.get('options');
  url.searchParams.delete('options');
  return {
    connectionString: url.href,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    ...(options === null ? {} : { options }),
  };
}
