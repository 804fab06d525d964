/**
 * A process for tests to kill: starts the cluster in the directory of its first argument and rewrites its table `things` in
 * key order again and again, printing `url <url>`, then `rewriting` before and `rewritten` after each time.
 */
const { Pool } = require('pg');
const { loadTypescript } = require('./load-typescript.cjs');

async function main(directory) {
  const { EmbeddedPostgres } = loadTypescript('../../libs/postgres/src/embedded/embedded-postgres.ts');
  const { rewriteInKeyOrder } = loadTypescript('../../libs/postgres/src/upkeep/rewrite-in-key-order.ts');
  const { inTransaction } = loadTypescript('../../libs/postgres/src/pool/in-transaction.ts');
  const cluster = await EmbeddedPostgres.start({ directory });
  const pool = new Pool({ connectionString: cluster.url, pipeline: true });
  console.log(`url ${cluster.url}`);
  for (;;) {
    console.log('rewriting');
    await inTransaction(pool, (transaction) =>
      rewriteInKeyOrder(transaction, { table: 'things', key: 'id' }),
    );
    console.log('rewritten');
  }
}

main(process.argv[2]).catch((error) => {
  console.log(`refused ${error.message}`);
  process.exitCode = 1;
});
