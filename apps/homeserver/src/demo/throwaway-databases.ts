import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dropDatabase } from '@phoenix/postgres';
import { Client } from 'pg';
import type { Settings } from '../config/env.js';
import { SERVICE_NAMES, type ServiceName } from '../config/service-name.js';

/** Where the demo's data is: databases of its own on the servers that the settings name, dropped at the end. */
export class ThrowawayDatabases {
  private constructor(
    private readonly servers: ReadonlyMap<ServiceName, string>,
    private readonly database: string,
  ) {}

  /** `tag` tells this run's databases from another's. */
  static async create(settings: Settings, tag: string): Promise<ThrowawayDatabases> {
    const servers = new Map<ServiceName, string>();
    for (const name of SERVICE_NAMES) {
      const url =
        settings[`${name.toUpperCase() as Uppercase<ServiceName>}_DATABASE_URL`] ?? settings.DATABASE_URL;
      if (url !== undefined) servers.set(name, url);
    }
    const databases = new ThrowawayDatabases(servers, `phoenix_demo_${tag}`);
    for (const [name, url] of servers)
      await onServer(url, (client) => client.query(`CREATE DATABASE "${databases.nameOf(name)}"`));
    return databases;
  }

  /** The settings that lead the homeserver here; none for services that get an embedded cluster. */
  get settings(): Record<string, string> {
    return Object.fromEntries(
      [...this.servers].map(([name, url]) => [`${name.toUpperCase()}_DATABASE_URL`, this.within(name, url)]),
    );
  }

  /** A running homeserver's databases: these, or its embedded clusters, by the socket that postmaster.pid names. */
  async urlOf(name: ServiceName, dataDir: string): Promise<string> {
    const server = this.servers.get(name);
    if (server !== undefined) {
      const url = new URL(this.within(name, server));
      url.searchParams.set('options', `-c search_path=phoenix_${name}`);
      return url.href;
    }
    const pidFile = await readFile(join(dataDir, 'postgres', name, 'pgdata', 'postmaster.pid'), 'utf8');
    const [, , , , socketDirectory = ''] = pidFile.split('\n');
    return `postgres://phoenix@localhost/postgres?host=${encodeURIComponent(socketDirectory)}`;
  }

  async drop(): Promise<void> {
    for (const [name, url] of this.servers)
      await onServer(url, (client) => dropDatabase(client, this.nameOf(name)));
  }

  private nameOf(name: ServiceName): string {
    return `${this.database}_${name}`;
  }

  private within(name: ServiceName, server: string): string {
    const url = new URL(server);
    url.pathname = `/${this.nameOf(name)}`;
    return url.href;
  }
}

async function onServer(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
