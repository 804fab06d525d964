import { FileKeyVault, nodeCrypto, SystemClock } from '@phoenix/crypto';
import type { LogSink } from '@phoenix/edge';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config/config.js';
import { openDatabases, type Databases } from './databases.js';
import { Homeserver } from './homeserver.js';
import type { ServiceOptions } from './service-container.js';

/** A homeserver with everything it stands on. */
export interface Running {
  /** What the operator should know of this configuration; whole sentences. */
  readonly warnings: readonly string[];
  /** Services first, databases last. */
  stop(): Promise<void>;
}

/**
 * Starts what the configuration says: databases, vaults, services. What was started is stopped again when something cannot.
 * @param onDatabaseLost an embedded database ended by itself.
 */
export async function boot(config: Config, log: LogSink, onDatabaseLost: () => void): Promise<Running> {
  await mkdir(config.dataDir, { recursive: true });
  const databases = await openDatabases(config, onDatabaseLost);
  try {
    const homeserver = await startServices(config, databases, log);
    const stop = async (): Promise<void> => {
      await homeserver.stop();
      await databases.stop();
    };
    return { stop, warnings: warningsOf(databases) };
  } catch (error) {
    await databases.stop();
    throw error;
  }
}

async function startServices(config: Config, databases: Databases, log: LogSink): Promise<Homeserver> {
  const { homeDomain, bindAddress, tokens } = config;
  const crypto = nodeCrypto();
  const services: ServiceOptions[] = [];
  for (const { name, port, authority } of config.services) {
    // A vault each: what one service's keys protect, no other service can unwrap.
    const vault = await FileKeyVault.open(
      join(config.dataDir, 'vault', name),
      crypto,
      config.keyEncryptionKey,
    );
    services.push({ name, port, authority, vault, databaseUrl: databases.urlOf(name) });
  }
  const context = { homeDomain, bindAddress, tokens, crypto, clock: new SystemClock(), log };
  return Homeserver.start(context, services);
}

function warningsOf({ sharing }: Databases): string[] {
  const off =
    'Anonymous rate limits are off (TOKENS=off): whoever reaches the services may use them without limit.';
  if (sharing.length === 0) return [off];
  return [
    off,
    `The services ${sharing.join(', ')} share a Postgres cluster: its transaction ids and its log order the records of one ` +
      'against those of another, so a copy of its disk can tie accounts to the pseudonyms that were made right after ' +
      'them. Give each service a cluster of its own.',
  ];
}
