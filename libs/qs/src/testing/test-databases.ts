import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import type { DataSource } from 'typeorm';
import { openQsDatabase } from '../adapters/typeorm/data-source.js';
import { type QsStores, typeormStores } from './stores.js';

/** The test cluster has few connections for many test files. */
const CONNECTIONS = 4;

/** Databases of a test or a file of tests, and an end to them. */
export class TestDatabases {
  readonly #databases: TestDatabase[] = [];
  readonly #sources: DataSource[] = [];

  /** A fresh database's URL. */
  async url(): Promise<string> {
    const database = await createTestDatabase();
    this.#databases.push(database);
    return database.url;
  }

  /** Stores over a database; a fresh one unless its URL is given. */
  async stores(url?: string): Promise<QsStores> {
    return typeormStores(await this.open(url));
  }

  async open(url?: string): Promise<DataSource> {
    const source = await openQsDatabase(url ?? (await this.url()), CONNECTIONS);
    this.#sources.push(source);
    return source;
  }

  /** Runs a statement beside whatever else is open. */
  async run(url: string, statement: string): Promise<unknown[]> {
    const source = await openQsDatabase(url, 2);
    try {
      return await source.query<unknown[]>(statement);
    } finally {
      await source.destroy();
    }
  }

  /** The queues whose head counts other entries or bytes than there are; entries of no queue are among them. */
  miscounted(url: string): Promise<unknown[]> {
    return this.run(
      url,
      `SELECT client_id FROM queue_heads h
         FULL JOIN (SELECT client_id, count(*) AS n, sum(octet_length(body)) AS b FROM queue_entries GROUP BY 1) e
           USING (client_id)
        WHERE h.entries IS NULL OR h.entries <> coalesce(e.n, 0) OR h.bytes <> coalesce(e.b, 0)`,
    );
  }

  async drop(): Promise<void> {
    for (const source of this.#sources.splice(0)) await source.destroy();
    for (const database of this.#databases.splice(0)) await database.drop();
  }
}
