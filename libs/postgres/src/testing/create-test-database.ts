import { Client } from 'pg';
import { dropDatabase } from '../upkeep/drop-database.js';

/** A database of one test file's own. */
export interface TestDatabase {
  readonly url: string;
  /** Ends all sessions on it and removes it. */
  drop(): Promise<void>;
}

const DUPLICATE_DATABASE = '42P04';
let made = 0;

/**
 * Makes a fresh database in the cluster that Jest's global setup has started, embedded or real as the lane has it.
 * No two calls get the same one, whatever process they are in.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = process.env['TEST_DATABASE_URL'];
  if (cluster === undefined)
    throw new Error('TEST_DATABASE_URL is not set: run through Jest, whose setup sets it.');
  for (;;) {
    const name = `test_${process.pid}_${made++}`;
    try {
      await onCluster(cluster, (client) => client.query(`CREATE DATABASE ${name}`));
    } catch (error) {
      // Each test file counts from 0 again, and so may a worker of an earlier run.
      if ((error as { code?: string }).code === DUPLICATE_DATABASE) continue;
      throw error;
    }
    const url = new URL(cluster);
    url.pathname = name;
    return { url: url.href, drop: () => onCluster(cluster, (client) => dropDatabase(client, name)) };
  }
}

async function onCluster(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
