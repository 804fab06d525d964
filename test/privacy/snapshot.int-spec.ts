import { MemoryClientStore, type PhoenixClient } from '@phoenix/client';
import { inspectStore } from '@phoenix/client/testing';
import { nodeCrypto } from '@phoenix/crypto';
import { Pool } from 'pg';
import { ThrowawayDatabases } from '../../apps/homeserver/src/demo/throwaway-databases.js';
import { homeOf, introduce, news, PASSWORD, person, say, value } from '../e2e/people.js';
import { SpawnedHomeserver } from '../harness/index.js';
import { audit, type Marker, type Place } from './audit.js';
import { markersOf, publishedBy, unique } from './markers.js';
import { type DatabaseCopy, readDatabase } from './read-database.js';
import { readFiles } from './read-files.js';

const SERVICES = ['as', 'qs', 'ds'] as const;
type Service = (typeof SERVICES)[number];

/** TypeORM's own table: which migrations ran, by names and numbers that are the same everywhere. */
const MIGRATIONS = /^\w+\.migrations(\.|_id_seq$)/;
/** BullMQ's tables: what they may hold is in the conformance suite of libs/jobs. */
const JOBS = /^\w+\.jobs\./;
const TIMES = /^(timestamp|date|time|interval)/;
const NUMBERS = ['smallint', 'integer', 'bigint', 'numeric'];

/** Columns that say when; and numbers that could: a second or millisecond since 1970 within some years of now. */
function timesIn({ columns, places }: DatabaseCopy): string[] {
  const typed = columns.filter(({ type }) => TIMES.test(type)).map(({ name }) => name);
  const numbers = new Set(columns.filter(({ type }) => NUMBERS.includes(type)).map(({ name }) => name));
  const counted = places.filter(({ name, bytes }) => {
    if (!numbers.has(name) || /\.(next_)?seq$/.test(name)) return false;
    const number = Number(bytes.toString());
    return [1, 1e3, 1e6].some((unit) => number > 1.4e9 * unit && number < 2.4e9 * unit);
  });
  return [...new Set([...typed, ...counted.map(({ name }) => name)])].filter(
    (name) => !MIGRATIONS.test(name) && !JOBS.test(name),
  );
}

describe('a snapshot of everything that a homeserver keeps, after some people have talked', () => {
  jest.setTimeout(120_000);
  const spoken = Buffer.from(nodeCrypto().random.bytes(24)).toString('hex');
  let homeserver: SpawnedHomeserver;
  let markers: Marker[];
  let files: Place[];
  let log: Place;
  const copies = new Map<Service, DatabaseCopy>();
  let urls: Map<Service, string>;

  beforeAll(async () => {
    homeserver = await SpawnedHomeserver.start();
    const databases = await ThrowawayDatabases.create({}, 'none');
    urls = new Map(
      await Promise.all(
        SERVICES.map(async (name) => [name, await databases.urlOf(name, homeserver.dataDirectory)] as const),
      ),
    );
    markers = await story();
    while (!(await jobsHaveRun())) continue;
    for (const name of SERVICES) copies.set(name, await readDatabase(name, urls.get(name)!));
    const { stdout, stderr } = await homeserver.stop();
    log = { name: 'log', bytes: Buffer.from(stdout + stderr) };
    files = await readFiles(homeserver.dataDirectory);
    await homeserver.startAgain();
  });
  afterAll(() => homeserver.remove());

  /** The DS's jobs run soon after the start, beside everything else. */
  async function jobsHaveRun(): Promise<boolean> {
    const { places } = await readDatabase('ds', urls.get('ds')!);
    return places.some(
      ({ name, bytes }) => name === 'ds.jobs.event.event' && bytes.toString() === 'completed',
    );
  }

  async function someone(): Promise<{ client: PhoenixClient; store: MemoryClientStore }> {
    const store = new MemoryClientStore();
    return { client: await person(homeOf(homeserver), { store, oneTime: 2 }), store };
  }

  /** Alice, Bob and Carol talk, renew, part; something is left in every table. What each of them knows is marked. */
  async function story(): Promise<Marker[]> {
    const people = [await someone(), await someone(), await someone()];
    const [alice, bob, carol] = people.map(({ client }) => client) as [
      PhoenixClient,
      PhoenixClient,
      PhoenixClient,
    ];
    await introduce(alice, bob, carol);
    const group = value(await alice.createGroup());
    const before = await Promise.all(people.map(({ store }) => inspectStore(store)));
    value(await alice.addMembers(group, [bob.userId, carol.userId]));
    await say(alice, group, spoken);
    for (const one of [bob, carol]) await news(one);
    value(await bob.updateClient(group, { newPseudonym: true }));
    value(await alice.updateClient(group));
    value(await alice.removeMembers(group, [carol.userId]));
    value(await alice.createGroup());
    await say(bob, group, spoken);
    await alice.receive();
    const after = await Promise.all(people.map(({ store }) => inspectStore(store)));
    const names = ['Alice', 'Bob', 'Carol'];
    const published = new Set(before.flatMap(publishedBy));
    const known = [before, after].flatMap((secrets) =>
      secrets.flatMap((own, i) => markersOf(names[i]!, own, published)),
    );
    const said = { name: 'what was said', bytes: Buffer.from(spoken), allowed: [] };
    const password = { name: 'the password', bytes: Buffer.from(PASSWORD), allowed: [] };
    return unique([said, password, ...known]);
  }

  const tables = (): Place[] => SERVICES.flatMap((name) => copies.get(name)!.places);

  it('shows each secret and each name only where docs/security/promises.md says, in all tables', () => {
    const { violations, sightings } = audit(tables(), markers);
    expect(violations).toEqual([]);
    // It has looked: these are there for all to see.
    expect(sightings).toEqual(
      expect.arrayContaining([
        "Alice's user id in as.users.id",
        "Bob's credential in as.clients.credential",
        "Carol's QsClientId in qs.queue_heads.client_id",
        "Bob's friendship hash in qs.user_records.friendship_hash",
        "Alice's KeyPackageRef in qs.add_packages.ref",
        "Alice's group id in ds.groups.group_id",
      ]),
    );
  });

  it('shows no more in the files: write-ahead logs, dead rows and the key vault included', () => {
    const { violations, sightings } = audit(files, markers);
    expect(violations).toEqual([]);
    expect(
      sightings.some((sighting) => /Alice's user id in files\.postgres\.as\..*pg_wal/.test(sighting)),
    ).toBe(true);
    expect(files.some(({ name }) => name.startsWith('files.vault'))).toBe(true);
  });

  it('shows nothing of it in what was printed and logged', () => {
    expect(
      audit(
        [log],
        markers.map((marker) => ({ ...marker, allowed: [] })),
      ),
    ).toEqual({
      violations: [],
      sightings: [],
    });
  });

  it.each(SERVICES)('knows no time but months in the %s, and no order', (name) => {
    const copy = copies.get(name)!;
    expect(timesIn(copy)).toEqual([]);
    expect(copy.sequences.filter((name) => !MIGRATIONS.test(name) && !JOBS.test(name))).toEqual([]);
  });

  it('has run the jobs of the DS, and holds nothing of them but their names and the schedule', () => {
    const held = (column: string): string[] =>
      copies
        .get('ds')!
        .places.filter(({ name }) => name === `ds.jobs.${column}`)
        .map(({ bytes }) => bytes.toString());
    expect(held('job.name')).toEqual(['activity-month']);
    expect(held('job.data')).toEqual(['{}']);
    expect(held('job.state')).toEqual(['delayed']);
    expect(held('scheduler.pattern')).toEqual(['30 2 1 * *']);
    expect(held('event.event')).toContain('completed');
    expect(held('meta.field')).toEqual(['opts.maxLenEvents']);
  });

  it('keeps groups of one and of two in ciphertexts of the same sizes', () => {
    for (const section of ['roster', 'tree']) {
      const rows = tables().filter(({ name }) => name === `ds.groups.${section}`);
      expect(rows).toHaveLength(2);
      expect(new Set(rows.map(({ bytes }) => bytes.length)).size).toBe(1);
    }
  });

  describe('would be caught', () => {
    const [user, group] = ["Alice's user id", "Alice's group id"];
    const bytesOf = (name: string) => markers.find((marker) => marker.name === name)!.bytes;

    async function afterwards(
      service: Service,
      ...statements: [string, unknown[]?][]
    ): Promise<DatabaseCopy> {
      const pool = new Pool({ connectionString: urls.get(service)!, max: 1 });
      for (const [statement, values] of statements) await pool.query(statement, values);
      await pool.end();
      return readDatabase(service, urls.get(service)!);
    }

    it('with a group id in the QS', async () => {
      const row = [Buffer.from(bytesOf(group)), 1];
      const { places } = await afterwards('qs', ['INSERT INTO fan_out_receipts VALUES ($1, $2)', row]);
      expect(audit(places, markers).violations).toEqual([`${group} in qs.fan_out_receipts.receipt`]);
    });

    it('with a user id, written out as text, in the DS', async () => {
      const text = Buffer.from(bytesOf(user)).toString('hex');
      const { places } = await afterwards('ds', [
        'INSERT INTO service_keys (name, wrapped) VALUES ($1, $2)',
        [`of ${text}`, Buffer.alloc(1)],
      ]);
      expect(audit(places, markers).violations).toEqual([`${user} in ds.service_keys.name`]);
    });

    it('with a time, typed or counted, or a running number in the DS', async () => {
      const copy = await afterwards(
        'ds',
        ['ALTER TABLE groups ADD COLUMN seen timestamptz'],
        ['ALTER TABLE groups ADD COLUMN said int8 NOT NULL DEFAULT 1795371303354'],
        ['ALTER TABLE groups ADD COLUMN place serial'],
      );
      expect(timesIn(copy).sort()).toEqual(['ds.groups.said', 'ds.groups.seen']);
      expect(copy.sequences).toContain('ds.groups_place_seq');
    });

    it('with a message in the log', () => {
      const bytes = Buffer.concat([log.bytes, Buffer.from(`could not deliver ${spoken}\n`)]);
      expect(audit([{ name: 'log', bytes }], markers).violations).toEqual(['what was said in log']);
    });
  });
});
