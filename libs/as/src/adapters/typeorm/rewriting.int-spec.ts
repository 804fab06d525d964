import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { DatabaseFault } from '@phoenix/postgres';
import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import type { DataSource } from 'typeorm';
import { AliasOwner, ConnectableClient } from '../../testing/connection-people.js';
import { typeormConnectionStores } from '../../testing/connection-stores.js';
import { aConnectionPackage, anOffer } from '../../testing/some-packages.js';
import { type TestConnections, testConnections } from '../../testing/test-connections.js';
import { openAsDatabase } from './data-source.js';

const crypto = nodeCrypto();
const clock = new TestClock(Date.UTC(2026, 3, 15, 12));
const PEOPLE = 8;
const ROUNDS = 12;

describe('rewriting users and aliases while they are in use', () => {
  let database: TestDatabase;
  let source: DataSource;
  let as: TestConnections;

  beforeAll(async () => {
    database = await createTestDatabase();
    source = await openAsDatabase(database.url);
    as = await testConnections(typeormConnectionStores(source), clock);
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const offer = () => anOffer(crypto, aConnectionPackage(crypto, clock.now()));

  /** Everything that one person and strangers do with a user id and an alias; refused nowhere. */
  async function live(index: number, isOver: () => boolean): Promise<number> {
    const owner = new AliasOwner(`alias-${index}`);
    const client = await ConnectableClient.register(as.stores, clock.now());
    const page = { from: 0n, max: 1 };
    let acts = 0;
    while (!isOver()) {
      const outcomes = [
        await as.registerAlias.execute(owner.request, owner.record),
        await as.publish.execute(client.request, client.publication(clock.now(), 3)),
        await as.publishAlias.execute(owner.request, owner.publication(clock.now(), 3)),
        await as.enqueue.execute(client.clientId.uuid, offer()),
        await as.enqueueAlias.execute(owner.alias, offer()),
        await as.take.execute(client.clientId.user.uuid),
        await as.takeAlias.execute(owner.alias),
        await as.dequeue.execute(client.request, page),
        await as.dequeueAlias.execute(owner.request, owner.alias, page),
      ];
      expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
      acts += outcomes.length;
    }
    return acts;
  }

  /** As the job does: again where somebody kept a table for too long. */
  async function rewrite(round: number): Promise<void> {
    for (;;) {
      try {
        await as.stores.keyOrder.rewriteAliases();
        await as.stores.keyOrder.rewriteUsers(round);
        return;
      } catch (error) {
        if (!(error instanceof DatabaseFault)) throw error;
      }
    }
  }

  it('refuses and loses nothing: who comes meanwhile waits', async () => {
    let isOver = false;
    const lives = Array.from({ length: PEOPLE }, (_, index) => live(index, () => isOver));
    for (let round = 0; round < ROUNDS; round++) await rewrite(round);
    isOver = true;
    const acts = await Promise.all(lives);
    expect(Math.min(...acts)).toBeGreaterThan(0);
    const miscounted: unknown[] = await source.query(
      ['direct', 'alias']
        .map(
          (kind) => `SELECT q.queue_id FROM ${kind}_queues q
            LEFT JOIN (SELECT queue_id, count(*) AS n, sum(octet_length(body)) AS b FROM ${kind}_offers GROUP BY 1) e
              USING (queue_id)
            WHERE q.entries <> coalesce(e.n, 0) OR q.bytes <> coalesce(e.b, 0)`,
        )
        .join(' UNION ALL '),
    );
    expect(miscounted).toEqual([]);
  }, 60_000);
});
