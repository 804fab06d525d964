/**
 * A homeserver in little, for the launcher's tests to kill: starts the cluster in the directory of its first argument and
 * inserts one row after the other, printing `url <url>`, then each number once Postgres has acknowledged it.
 * Ends by SIGTERM in order, and by an error with its sentence on standard output.
 */
const { Client } = require('pg');
const { loadTypescript } = require('./load-typescript.cjs');

async function main(directory) {
  const { EmbeddedPostgres } = loadTypescript('../../libs/postgres/src/embedded/embedded-postgres.ts');
  const cluster = await EmbeddedPostgres.start({ directory });
  console.log(`url ${cluster.url}`);
  const client = new Client({ connectionString: cluster.url });
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS row (n int)');
  let goOn = true;
  process.once('SIGTERM', () => (goOn = false));
  for (let n = 0; goOn; n++) {
    await client.query('INSERT INTO row VALUES ($1)', [n]);
    console.log(n);
  }
  await client.end();
  await cluster.stop();
}

main(process.argv[2]).catch((error) => {
  console.log(`refused ${error.message}`);
  process.exitCode = 1;
});
