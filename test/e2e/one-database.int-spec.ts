import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import { Client } from 'pg';
import { SpawnedHomeserver } from '../harness/index.js';

describe('a homeserver on one Postgres server of its operator', () => {
  jest.setTimeout(60_000);
  let database: TestDatabase;
  let homeserver: SpawnedHomeserver;

  beforeAll(async () => {
    database = await createTestDatabase();
    homeserver = await SpawnedHomeserver.start({ DATABASE_URL: database.url });
  });

  afterAll(async () => {
    await homeserver.remove();
    await database.drop();
  });

  it('says what one cluster gives away', () => {
    expect(homeserver.output).toMatch(
      /^note: The services as, qs, ds share a Postgres cluster: its transaction ids/m,
    );
  });

  it('keeps each service in a schema of its own', async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ schema: string }>(
      `SELECT DISTINCT schemaname AS schema FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    await client.end();
    expect(rows.map(({ schema }) => schema)).toEqual(['phoenix_as', 'phoenix_ds', 'phoenix_qs']);
  });

  it('is the same homeserver after kill -9', async () => {
    const ask = async (): Promise<unknown> => {
      const response = await fetch(homeserver.url('ds'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ dsVerifyingKey }"}',
      });
      return response.json();
    };
    const before = await ask();
    expect(before).toMatchObject({ data: { dsVerifyingKey: expect.any(String) } });
    await homeserver.kill();
    await homeserver.startAgain();
    expect(await ask()).toEqual(before);
  });
});
