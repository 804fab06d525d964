import 'reflect-metadata';
import { FileKeyVault, nodeCrypto, SystemClock, VaultError } from '@phoenix/crypto';
import { DirectoryLock } from '@phoenix/postgres';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config/config.js';
import { StartupRefusal } from './config/startup-refusal.js';
import { openDatabases, type Databases } from './databases.js';
import { Homeserver } from './homeserver.js';
import { jobBackend, requireForgetfulRedis } from './job-backends.js';
import type { ServiceOptions } from './service-container.js';
import { StartLog } from './start-log.js';

/** A homeserver with everything it stands on. */
export interface Running {
  /** What the operator should know of this configuration; whole sentences. */
  readonly warnings: readonly string[];
  /** Services first, databases last. */
  stop(): Promise<void>;
}

/**
 * Starts what the configuration says: databases, vaults, services. What was started is stopped again when something cannot.
 * @param writeLog takes lines of JSON.
 * @param onDatabaseLost an embedded database ended by itself.
 */
export async function boot(
  config: Config,
  writeLog: (line: string) => void,
  onDatabaseLost: () => void,
): Promise<Running> {
  const log = new StartLog(writeLog);
  await requireForgetfulRedis(config.redis);
  const lock = await takeDataDirectory(config.dataDir);
  const databases = await openDatabases(config, onDatabaseLost).catch(releasing(lock));
  try {
    const homeserver = await startServices(config, databases, log.sink);
    const stop = async (): Promise<void> => {
      await homeserver.stop();
      await databases.stop();
      await lock.release();
    };
    log.started();
    homeserver.startJobs();
    return { stop, warnings: warningsOf(databases) };
  } catch (error) {
    await databases.stop();
    await lock.release();
    throw explained(error);
  }
}

function releasing(lock: DirectoryLock): (error: unknown) => Promise<never> {
  return async (error) => {
    await lock.release();
    throw error;
  };
}

/** One homeserver a directory: two would replace and destroy each other's store keys in the vaults. */
async function takeDataDirectory(path: string): Promise<DirectoryLock> {
  await makeDataDirectory(path);
  try {
    return await DirectoryLock.acquire(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new StartupRefusal(`DATA_DIR ${path} cannot be written to by this user (${code}).`);
  }
}

async function makeDataDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartupRefusal(
      `DATA_DIR ${path} is no directory and cannot be made one (${code ?? 'no reason given'}).`,
    );
  }
}

function explained(error: unknown): unknown {
  if (!(error instanceof VaultError)) return error;
  return new StartupRefusal(
    `The key-encryption key does not fit the databases (${error.message}): give the one they were made with.`,
  );
}

async function startServices(
  config: Config,
  databases: Databases,
  log: StartLog['sink'],
): Promise<Homeserver> {
  const { homeDomain, bindAddress, tokens, registration, groupPadding, groupIdleMonths } = config;
  const crypto = nodeCrypto();
  const services: ServiceOptions[] = [];
  for (const { name, port, authority } of config.services) {
    // A vault each: what one service's keys protect, no other service can unwrap.
    const vault = await FileKeyVault.open(
      join(config.dataDir, 'vault', name),
      crypto,
      config.keyEncryptionKey,
    );
    const databaseUrl = databases.urlOf(name);
    const jobs = jobBackend(config.redis, name, databaseUrl);
    services.push({ name, port, authority, vault, databaseUrl, jobs });
  }
  const ds = { groupPadding, groupIdleMonths };
  const context = {
    homeDomain,
    bindAddress,
    tokens,
    registration,
    ...ds,
    crypto,
    clock: new SystemClock(),
    log,
  };
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
