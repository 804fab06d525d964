import {
  aConnectionPackage,
  AliasOwner,
  anOffer,
  ConnectableClient,
  openAsDatabase,
  testConnections,
  typeormConnectionStores,
} from '@phoenix/as/testing';
import { nodeCrypto } from '@phoenix/crypto';
import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import { formatUuid } from '@phoenix/wire';
import { Client } from 'pg';
import { bestMatches, type Match, type OwnedTable, readTraces, sharedValues } from './match-rows.js';

const USERS = 50;
const ALIASES = 80;
/** People who are at it at a time. */
const AT_ONCE = 3;
/**
 * A guess is right for one alias in fifty: 1.6 of eighty. Some thousand attempts at that come to fifteen about once in a
 * million runs.
 */
const MORE_THAN_CHANCE = 15;

const OF_USERS: readonly OwnedTable[] = [
  { table: 'users', owner: 't.id::text' },
  ...['clients', 'issued_credentials', 'connection_packages', 'direct_queues'].map((table) => ({
    table,
    owner: 't.user_id::text',
  })),
  {
    table: 'direct_offers',
    owner: '(SELECT q.user_id::text FROM direct_queues q WHERE q.queue_id = t.queue_id)',
  },
];
const OF_ALIASES: readonly OwnedTable[] = [
  ...['aliases', 'alias_packages', 'alias_queues'].map((table) => ({ table, owner: 't.alias' })),
  {
    table: 'alias_offers',
    owner: '(SELECT q.alias FROM alias_queues q WHERE q.queue_id = t.queue_id)',
  },
];

const crypto = nodeCrypto();
const draw = (below: number): number =>
  Math.floor((new DataView(crypto.random.bytes(4).buffer).getUint32(0) / 2 ** 32) * below);

/** An AS with fifty users and their eighty aliases; `truth` says whose each is. */
interface Populated {
  readonly client: Client;
  readonly truth: ReadonlyMap<string, string>;
  /** What the night's job does. */
  night(): Promise<void>;
  close(): Promise<void>;
}

type Act = () => Promise<unknown>;

/** A person who registers and makes its aliases, one thing after the other. */
function sessionOf(
  as: Awaited<ReturnType<typeof testConnections>>,
  aliases: readonly string[],
  truth: Map<string, string>,
): Act[] {
  let person: ConnectableClient;
  const nowMs = as.clock.now();
  const offer = (): Uint8Array => anOffer(crypto, aConnectionPackage(crypto, nowMs));
  const register: Act = async () => {
    person = await ConnectableClient.register(as.stores, nowMs);
  };
  const publish: Act = () => as.publish.execute(person.request, person.publication(nowMs, 5));
  const ofAlias = (name: string): Act[] => {
    const owner = new AliasOwner(name);
    return [
      async () => {
        truth.set(name, formatUuid(person.clientId.user.uuid));
        return as.registerAlias.execute(owner.request, owner.record);
      },
      () => as.publishAlias.execute(owner.request, owner.publication(nowMs, 5)),
      () => as.enqueueAlias.execute(name, offer()),
    ];
  };
  const befriended: Act = () => as.enqueue.execute(person.clientId.uuid, offer());
  return [register, publish, ...aliases.flatMap(ofAlias), befriended];
}

/** All of them, a few at a time, each step at random somebody's. */
async function interleave(sessions: Act[][]): Promise<void> {
  while (sessions.length > 0) {
    const at = draw(Math.min(AT_ONCE, sessions.length));
    const next = sessions[at]?.shift();
    if (next === undefined) sessions.splice(at, 1);
    else await next();
  }
}

async function populate(database: TestDatabase, planted: readonly string[] = []): Promise<Populated> {
  const source = await openAsDatabase(database.url);
  for (const statement of planted) await source.query(statement);
  const as = await testConnections(typeormConnectionStores(source));
  const truth = new Map<string, string>();
  const names = Array.from({ length: ALIASES }, () => Buffer.from(crypto.random.bytes(6)).toString('hex'));
  const sessions = Array.from({ length: USERS }, (_, index) =>
    sessionOf(
      as,
      names.filter((_name, at) => at % USERS === index),
      truth,
    ),
  );
  await interleave(sessions);
  if (truth.size !== ALIASES) throw new Error('not all aliases were made');
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const close = async (): Promise<void> => {
    await client.end();
    await source.destroy();
  };
  return { client, truth, night: () => as.stores.keyOrder.rewriteAliases(), close };
}

async function attack({ client, truth }: Populated): Promise<{ matches: Match[]; shared: string[] }> {
  const [people, names] = [await readTraces(client, OF_USERS), await readTraces(client, OF_ALIASES)];
  return { matches: bestMatches(names, people, truth), shared: sharedValues(names, people) };
}

const convincing = (matches: readonly Match[]): Match[] =>
  matches.filter(({ right }) => right >= MORE_THAN_CHANCE);

describe('a copy of the AS’s database with fifty users and their eighty aliases', () => {
  let database: TestDatabase;
  let populated: Populated;
  beforeAll(async () => {
    database = await createTestDatabase();
    populated = await populate(database);
  }, 120_000);
  afterAll(async () => {
    await populated.close();
    await database.drop();
  });

  it('pairs them on their first day by transaction ids and places alone: the residue that is stated (docs/adr/0011)', async () => {
    expect(populated.truth.size).toBe(ALIASES);
    const found = convincing((await attack(populated)).matches);
    expect(found.length).toBeGreaterThan(0);
    const traces = found.flatMap(({ how }) => how.split(/ ~ |, /).slice(0, 2));
    expect(traces.filter((trace) => !/\.(ctid|xmin|xmax) /.test(`${trace} `))).toEqual([]);
  });

  it('pairs them no better than chance, by any column, place, transaction id or size, from the next night on', async () => {
    await populated.night();
    const { matches, shared } = await attack(populated);
    expect(matches.length).toBeGreaterThan(10_000);
    expect(convincing(matches)).toEqual([]);
    expect(shared).toEqual([]);
  });
});

describe('the same copy of a database that somebody has added columns to', () => {
  let database: TestDatabase;
  let populated: Populated;
  beforeAll(async () => {
    database = await createTestDatabase();
    const created = 'ADD COLUMN created_at timestamptz NOT NULL DEFAULT clock_timestamp()';
    populated = await populate(database, [
      `ALTER TABLE users ${created}`,
      `ALTER TABLE aliases ${created}, ADD COLUMN link text NOT NULL DEFAULT ''`,
    ]);
    await populated.night();
  }, 120_000);
  afterAll(async () => {
    await populated.close();
    await database.drop();
  });

  it('is caught by when they were made', async () => {
    const [best] = (await attack(populated)).matches;
    expect(best?.right).toBeGreaterThanOrEqual(MORE_THAN_CHANCE);
    expect(best?.how).toMatch(/^aliases\.t\.created_at .* ~ users\.t\.created_at /);
  });

  it('is caught by a value on both sides', async () => {
    for (const [alias, user] of populated.truth)
      await populated.client.query('UPDATE aliases SET link = $2 WHERE alias = $1', [alias, user]);
    expect((await attack(populated)).shared.length).toBeGreaterThanOrEqual(ALIASES);
  });
});
