import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import { jobsConformance } from './testing/jobs.conformance.js';

describe('jobs on Postgres', () => {
  let database: TestDatabase;
  let made = 0;
  beforeAll(async () => (database = await createTestDatabase()));
  afterAll(() => database.drop());

  jobsConformance(async () => {
    // As the homeserver gives it: with a schema of the service's own, which is not for these tables.
    const url = new URL(database.url);
    url.searchParams.set('options', '-c search_path=phoenix_ds');
    return { kind: 'postgres', databaseUrl: url.href, schema: `phoenix_ds_jobs_${made++}` };
  });
});
