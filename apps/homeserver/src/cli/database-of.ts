import { createPool } from '@phoenix/postgres';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import type { ServiceName } from '../config/service-name.js';
import { StartupRefusal } from '../config/startup-refusal.js';
import { openDatabases } from '../databases.js';

/** A service's database for as long as a command needs it. */
export interface CommandDatabase {
  readonly url: string;
  /** Stops what was started for the command. */
  close(): Promise<void>;
}

/**
 * The database of a service: the one that the settings name; of an embedded one the running cluster or, where the homeserver
 * does not run, the cluster itself, started for the command.
 */
export async function databaseOf(config: Config, name: ServiceName): Promise<CommandDatabase> {
  const service = config.services.find((each) => each.name === name);
  if (service === undefined) throw new StartupRefusal(`SERVICES does not name ${name}.`);
  const running = service.database === undefined ? await runningCluster(config.dataDir, name) : undefined;
  if (running !== undefined) return { url: running, close: () => Promise.resolve() };
  const databases = await openDatabases({ ...config, services: [service] }, () => undefined);
  return { url: databases.urlOf(name), close: () => databases.stop() };
}

/** The URL of an embedded cluster that answers, by the socket that its postmaster.pid names. */
async function runningCluster(dataDir: string, name: ServiceName): Promise<string | undefined> {
  const path = join(dataDir, 'postgres', name, 'pgdata', 'postmaster.pid');
  const [, , , , socketDirectory] = (await readFile(path, 'utf8').catch(() => '')).split('\n');
  if (!socketDirectory) return undefined;
  const url = `postgres://phoenix@localhost/postgres?host=${encodeURIComponent(socketDirectory)}`;
  const pool = createPool(url, { max: 1 });
  try {
    await pool.query('SELECT 1');
    return url;
  } catch {
    return undefined;
  } finally {
    await pool.end();
  }
}
