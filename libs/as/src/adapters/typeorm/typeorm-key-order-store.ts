import {
  type ConnectionPool,
  inTransaction,
  type KeyOrder,
  poolOf,
  rewriteInKeyOrder,
  Statement,
} from '@phoenix/postgres';
import type { DataSource } from 'typeorm';
import { KeyOrderStore } from '../../ports/key-order-store.js';

const CLAIM_MONTH = new Statement(
  'as-claim-month',
  `INSERT INTO upkeep AS kept (task, month) VALUES ($1, $2)
   ON CONFLICT (task) DO UPDATE SET month = excluded.month WHERE kept.month <> excluded.month`,
);

/** What is referred to comes first. */
const OF_ALIASES: readonly KeyOrder[] = [
  { table: 'aliases', key: 'alias' },
  { table: 'alias_packages', key: 'alias, hash' },
  { table: 'alias_queues', key: 'queue_id' },
  { table: 'alias_offers', key: 'queue_id, seq' },
];
const OF_USERS: readonly KeyOrder[] = [
  { table: 'users', key: 'id' },
  { table: 'clients', key: 'user_id, client_id' },
  { table: 'issued_credentials', key: 'user_id, client_id, fingerprint' },
  { table: 'connection_packages', key: 'user_id, client_id, hash' },
  { table: 'direct_queues', key: 'queue_id' },
  { table: 'direct_offers', key: 'queue_id, seq' },
  { table: 'revoked_credentials', key: 'fingerprint' },
  { table: 'deleted_users', key: 'id_hash' },
  { table: 'invitations', key: 'code_hash' },
];

/** The KeyOrderStore on Postgres. */
export class TypeormKeyOrderStore extends KeyOrderStore {
  readonly #pool: ConnectionPool;

  constructor(dataSource: DataSource) {
    super();
    this.#pool = poolOf(dataSource);
  }

  override rewriteAliases(): Promise<void> {
    return inTransaction(this.#pool, (transaction) => rewriteInKeyOrder(transaction, ...OF_ALIASES));
  }

  override rewriteUsers(month: number): Promise<boolean> {
    return inTransaction(this.#pool, async (transaction) => {
      if ((await CLAIM_MONTH.count(transaction, ['users-in-key-order', month])) === 0) return false;
      await rewriteInKeyOrder(transaction, ...OF_USERS);
      return true;
    });
  }
}
