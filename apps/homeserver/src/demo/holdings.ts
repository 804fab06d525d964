import { Pool } from 'pg';
import type { ServiceName } from '../config/service-name.js';

/** One query a service, and what its row says in words: all that a copy of its database would show. */
const QUERIES: Record<ServiceName, { readonly sql: string; readonly words: (row: Row) => string }> = {
  as: {
    sql: `SELECT (SELECT count(*) FROM users)::int AS users, (SELECT count(*) FROM clients)::int AS clients,
                 (SELECT count(*) FROM aliases)::int AS aliases,
                 (SELECT count(*) FROM alias_packages)::int AS packages,
                 (SELECT count(*) FROM alias_offers)::int AS offers`,
    words: ({ users, clients, aliases, packages, offers }) =>
      `${count(users, 'user')}, ${count(clients, 'client credential')}; of nobody in particular: ` +
      `${count(aliases, 'alias', 'aliases')}, ${count(packages, 'connection package')}, ` +
      `${count(offers, 'sealed entry', 'sealed entries')} in their queues`,
  },
  qs: {
    sql: `SELECT (SELECT count(*) FROM client_records)::int AS clients,
                 (SELECT count(*) FROM add_packages)::int AS packages,
                 (SELECT count(*) FROM queue_entries)::int AS entries,
                 (SELECT string_agg(DISTINCT active_month::text, ' ') FROM client_records) AS months`,
    words: ({ clients, packages, entries, months }) =>
      `${count(clients, 'pseudonym')} with a queue, ${count(packages, 'add package')}, ` +
      `${count(entries, 'encrypted entry', 'encrypted entries')}${monthsOf(months)}`,
  },
  ds: {
    sql: `SELECT count(*)::int AS groups, string_agg(octet_length(roster)::text, ' ') AS rosters,
                 string_agg(octet_length(tree)::text, ' ') AS trees,
                 string_agg(DISTINCT last_active_month::text, ' ') AS months FROM groups`,
    words: ({ groups, rosters, trees, months }) =>
      groups === 0
        ? '0 groups'
        : `${count(groups, 'group')}, ciphertext in buckets of ${sizes(rosters)} and ${sizes(trees)}${monthsOf(months)}`,
  },
};

type Row = Readonly<Record<string, number | string | null>>;

/** What each service's database holds, in words. */
export class Holdings {
  private constructor(private readonly pools: ReadonlyMap<ServiceName, Pool>) {}

  static async open(urlOf: (name: ServiceName) => Promise<string>): Promise<Holdings> {
    const pools = new Map<ServiceName, Pool>();
    for (const name of Object.keys(QUERIES) as ServiceName[]) {
      const pool = new Pool({ connectionString: await urlOf(name), max: 1, allowExitOnIdle: true });
      // A server that goes away takes idle connections with it: the next query says so if it matters.
      pool.on('error', () => undefined);
      pools.set(name, pool);
    }
    return new Holdings(pools);
  }

  async of(name: ServiceName): Promise<string> {
    const { sql, words } = QUERIES[name];
    const { rows } = await this.pools.get(name)!.query<Row>(sql);
    return words(rows[0]!);
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.end()));
  }
}

function count(n: number | string | null | undefined, one: string, many = `${one}s`): string {
  return `${n ?? 0} ${n === 1 ? one : many}`;
}

function sizes(lengths: number | string | null | undefined): string {
  const kib = String(lengths)
    .split(' ')
    .map((length) => `${Math.round(Number(length) / 1024)} KiB`);
  return [...new Set(kib)].join(', ');
}

/** Months since January 1970, as `2026-11`: no time is finer than that. */
function monthsOf(months: number | string | null | undefined): string {
  if (months === null || months === undefined) return '';
  const texts = String(months)
    .split(' ')
    .map((text) => Number(text))
    .map((month) => `${1970 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`);
  return `, active in ${texts.join(', ')}`;
}
