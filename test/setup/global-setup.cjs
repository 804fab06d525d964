/**
 * Gives the tests a Postgres, in TEST_DATABASE_URL, by lane: `embedded` (the default) starts one cluster of ours for the
 * whole run, never inside a spec; `real` takes the server that scripts/services.sh started. And, in TEST_REDIS_URL, a Redis,
 * unless there is one by then or none is installed.
 */
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { Client } = require('pg');
const { loadTypescript } = require('./load-typescript.cjs');
const { startRedis } = require('./redis.cjs');

/** What talks to no database, however it is asked for. */
const PURE = /^(\.\/)?(libs\/(wire|mls|crypto)|test\/architecture)(\/|$)/;

module.exports = async ({ testPathPatterns }) => {
  const asked = testPathPatterns?.patterns ?? [];
  if (asked.length > 0 && asked.every((pattern) => PURE.test(pattern))) return;
  if (!process.env.TEST_REDIS_URL) {
    const redis = await startRedis(tmpdir());
    if (redis !== undefined) process.env.TEST_REDIS_URL = redis.url;
    globalThis.phoenixTestRedis = redis;
  }
  if (process.env.PHOENIX_TEST_LANE === 'real') {
    if (!process.env.TEST_DATABASE_URL)
      throw new Error('The real lane needs TEST_DATABASE_URL: eval "$(scripts/services.sh start)" sets it.');
    return;
  }
  const { EmbeddedPostgres } = loadTypescript('../../libs/postgres/src/embedded/embedded-postgres.ts');
  const directory = mkdtempSync(join(tmpdir(), 'phoenix-test-'));
  const cluster = await EmbeddedPostgres.start({ directory });
  await letRoleMakeDatabases(cluster);
  process.env.TEST_DATABASE_URL = cluster.url;
  globalThis.phoenixTestCluster = { cluster, directory };
};

/** The tests run as what a service is, no superuser; each test file makes a database of its own. */
async function letRoleMakeDatabases({ superuserUrl }) {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query('ALTER ROLE phoenix CREATEDB');
  await client.end();
}
