import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../adapters/typeorm/data-source.js';
import { type QsStores, typeormStores } from './stores.js';

/** Databases of one test file, and an end to them. */
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
    const source = await openDataSource(url ?? (await this.url()));
    this.#sources.push(source);
    return source;
  }

  async drop(): Promise<void> {
    for (const source of this.#sources) await source.destroy();
    for (const database of this.#databases) await database.drop();
  }
}
