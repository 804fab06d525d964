export { advisoryKey, lockExclusive, lockShared } from './bulk/advisory-lock.js';
export { byteaArray, int4Array, int8Array, textArray, uuidArray } from './bulk/binary-arrays.js';
export { DirectoryLock } from './embedded/directory-lock.js';
export { EmbeddedPostgres, type EmbeddedOptions } from './embedded/embedded-postgres.js';
export { startClusters, type Clusters } from './embedded/start-clusters.js';
export { isConnectionLoss } from './pool/connection-loss.js';
export { dropDatabase } from './upkeep/drop-database.js';
export { type KeyOrder, rewriteInKeyOrder } from './upkeep/rewrite-in-key-order.js';
export { createPool, requireSupportedServer, type PoolOptions } from './pool/create-pool.js';
export { DatabaseFault, isUniqueViolation, withoutValues, type FaultKind } from './pool/database-fault.js';
export { inTransaction, type Transaction } from './pool/in-transaction.js';
export { Statement, type Parameter, type Queryable } from './pool/statement.js';
export {
  openDataSource,
  poolOf,
  type ConnectionPool,
  type ServiceDatabase,
} from './typeorm/open-data-source.js';
