import { runHomeserver } from '../harness/index.js';

/** Runs the built homeserver as an operator would. */
async function refusal(settings: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await runHomeserver(settings);
  expect([code, stdout]).toEqual([1, '']);
  return stderr;
}

describe('a homeserver with wrong settings', () => {
  it('ends with one sentence and nothing else', async () => {
    expect(await refusal({ AS_PORT: 'http' })).toBe('AS_PORT must be a port from 1 to 65535.\n');
  });

  it('does not print a database URL, which may hold a password', async () => {
    const said = await refusal({ DATABASE_URL: 'mysql://root:hunter2@db/x' });
    expect(said).toMatch(/^DATABASE_URL must be a Postgres URL, .*\n$/);
    expect(said).not.toMatch(/hunter2|root|mysql/);
  });

  it('refuses a DS without a QS', async () => {
    expect(await refusal({ SERVICES: 'ds' })).toMatch(/^SERVICES names ds without qs: .*\n$/);
  });

  it('says that it cannot reach its Redis, without the password', async () => {
    const said = await refusal({ SERVICES: 'as', REDIS_URL: 'redis://:hunter2@127.0.0.1:9' });
    expect(said).toBe('REDIS_URL does not lead to a usable Redis: ECONNREFUSED.\n');
  });

  it('says which database it cannot reach, without the password', async () => {
    const said = await refusal({ SERVICES: 'as', AS_DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:9/x' });
    expect(said).toMatch(/^AS_DATABASE_URL does not lead to a usable database: .*ECONNREFUSED.*\n$/);
    expect(said).not.toMatch(/hunter2/);
  });
});
