import type { Pool, PoolClient } from 'pg';
import { withoutValues } from './database-fault.js';
import type { Queryable } from './statement.js';

/** A transaction at work: what runs its statements, and its end. */
export interface Transaction extends Queryable {
  /**
   * Runs the transaction's last statement with the commit right behind it, which saves a round trip. When this resolves
   * the transaction is durable; nothing may be asked of it afterwards.
   */
  last<T>(statement: (on: Queryable) => Promise<T>): Promise<T>;
}

/**
 * Runs `work` in one transaction on a connection of its own: committed when `work` resolves, rolled back when it throws.
 * BEGIN travels with the first statement.
 *
 * @throws `DatabaseFault` without values when Postgres refuses a statement or the commit; whatever `work` throws. A
 * connection lost during the commit leaves open whether it happened.
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // Lost while checked out, a connection says so by an event that would end the process; its statements fail as well.
  client.on('error', ignore);
  const transaction = new OpenTransaction(client);
  try {
    const result = await work(transaction);
    await transaction.commit();
    giveBack(client, true);
    return result;
  } catch (error) {
    // A connection that cannot even roll back is closed, and Postgres rolls back for it.
    giveBack(client, await transaction.rollBack());
    throw withoutValues(error);
  }
}

const ignore = () => undefined;

function giveBack(client: PoolClient, fit: boolean): void {
  if (fit) client.off('error', ignore);
  client.release(!fit);
}

class OpenTransaction implements Transaction {
  readonly query: Pool['query'];
  private readonly begun: Promise<unknown>;
  private ended = false;

  constructor(private readonly client: PoolClient) {
    this.query = client.query.bind<PoolClient['query']>(client);
    this.begun = client.query('BEGIN');
    // Heard where the transaction ends; until then the statements behind it fail by themselves.
    this.begun.catch(() => undefined);
  }

  async last<T>(statement: (on: Queryable) => Promise<T>): Promise<T> {
    const answer = statement(this);
    const [answered, committed] = await Promise.allSettled([answer, this.commit()]);
    // Postgres has turned the commit into a rollback then; the statement's own error says why.
    if (answered.status === 'rejected') throw answered.reason;
    if (committed.status === 'rejected') throw committed.reason;
    return answered.value;
  }

  async commit(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    const committed = this.client.query('COMMIT');
    await Promise.all([this.begun, committed]);
    // After an error that nobody looked at, COMMIT *succeeds* and is a ROLLBACK.
    if ((await committed).command !== 'COMMIT')
      throw new Error(
        'The transaction was rolled back: a statement in it had failed and its error was not heard.',
      );
  }

  /** Whether the connection is fit for further use. */
  async rollBack(): Promise<boolean> {
    try {
      await this.client.query('ROLLBACK');
      return true;
    } catch {
      return false;
    }
  }
}
