import { Client } from 'pg';
import { createTestDatabase } from '../testing/index.js';

it('goes with the sessions that are on it', async () => {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const ended = new Promise<Error>((resolve) => client.on('error', resolve));
  await database.drop();
  expect((await ended).message).toContain('terminat');
  await expect(new Client({ connectionString: database.url }).connect()).rejects.toThrow('does not exist');
});
