import { type Clusters, createPool, requireSupportedServer, startClusters } from '@phoenix/postgres';
import { join } from 'node:path';
import type { ServiceConfig } from './config/config.js';
import type { ServiceName } from './config/service-name.js';
import { StartupRefusal } from './config/startup-refusal.js';

/** Where each service's database is, ready for its migrations. */
export interface Databases {
  urlOf(name: ServiceName): string;
  /** Names of services that share a Postgres cluster, where some do. */
  readonly sharing: readonly ServiceName[];
  stop(): Promise<void>;
}

interface Ready {
  readonly name: ServiceName;
  readonly url: string;
  readonly cluster: string;
}

/** Checks the servers that the configuration names and starts embedded clusters for the other services. */
export async function openDatabases(
  config: { readonly services: readonly ServiceConfig[]; readonly dataDir: string },
  onUnexpectedExit: () => void,
): Promise<Databases> {
  const external: Ready[] = [];
  for (const service of config.services) {
    if (service.database !== undefined) external.push(await prepareServer(service.name, service.database));
  }
  const missing = config.services.filter((service) => service.database === undefined).map(({ name }) => name);
  const embedded = await startClusters(join(config.dataDir, 'postgres'), missing, { onUnexpectedExit });
  const ready = [...external, ...embeddedUrls(missing, embedded)];
  const sharing = ready.filter((one) =>
    ready.some((other) => other !== one && other.cluster === one.cluster),
  );
  return {
    urlOf: (name) => ready.find((each) => each.name === name)!.url,
    sharing: sharing.map(({ name }) => name),
    stop: () => embedded.stop(),
  };
}

function embeddedUrls(names: readonly ServiceName[], { clusters }: Clusters<ServiceName>): Ready[] {
  return names.map((name) => ({ name, url: clusters[name].url, cluster: `embedded ${name}` }));
}

/** Every service has a schema of its own, so that one database can hold all three and none finds another's tables. */
const schemaOf = (name: ServiceName): string => `phoenix_${name}`;

async function prepareServer(
  name: ServiceName,
  { setting, url }: NonNullable<ServiceConfig['database']>,
): Promise<Ready> {
  const pool = createPool(url, { max: 1 });
  try {
    await requireSupportedServer(pool);
    await pool.query(`CREATE SCHEMA IF NOT EXISTS ${schemaOf(name)}`);
    const { rows } = await pool.query<{ id: string }>(
      'SELECT system_identifier::text AS id FROM pg_control_system()',
    );
    return { name, url: withSearchPath(url, schemaOf(name)), cluster: rows[0]!.id };
  } catch (error) {
    throw new StartupRefusal(`${setting} does not lead to a usable database: ${reason(error)}`);
  } finally {
    await pool.end();
  }
}

function withSearchPath(url: string, schema: string): string {
  const own = new URL(url);
  const given = own.searchParams.get('options');
  own.searchParams.set('options', `${given === null ? '' : `${given} `}-c search_path=${schema}`);
  return own.href;
}

/** What a driver says of a connection that fails names the server and the role at most, never the password. */
function reason(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  const text = message === '' ? (code ?? 'no answer') : message;
  return text.endsWith('.') ? text : `${text}.`;
}
