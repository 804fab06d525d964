import type { Client } from 'pg';

/** What a copy of a database holds of each of some people or names: for each trace, a value by its owner. */
export type Traces = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A table, and the expression over its row `t` that says whose it is. */
export interface OwnedTable {
  readonly table: string;
  readonly owner: string;
}

/** What Postgres keeps of a row besides its columns: where it lies, which transactions wrote and locked it, how long it is. */
const BESIDES = ['ctid', 'xmin', 'xmax', 'pg_column_size(t.*)'];

/** Every column of every row, and what lies beside them; of several rows of one owner, the first and the last value. */
export async function readTraces(client: Client, tables: readonly OwnedTable[]): Promise<Traces> {
  const traces = new Map<string, Map<string, string>>();
  for (const { table, owner } of tables) {
    const { rows: columns } = await client.query<{ name: string }>(
      `SELECT 't.' || quote_ident(attname) AS name FROM pg_attribute
        WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [table],
    );
    for (const column of [...BESIDES, ...columns.map(({ name }) => name)]) {
      const { rows } = await client.query<{ owner: string; value: string }>(
        `SELECT ${owner} AS owner, (${column})::text AS value FROM ${table} t WHERE ${column} IS NOT NULL`,
      );
      for (const { owner: of, value } of rows) {
        note(traces, `${table}.${column} first`, of, value, (a, b) => numberOf(a) <= numberOf(b));
        note(traces, `${table}.${column} last`, of, value, (a, b) => numberOf(a) >= numberOf(b));
        note(traces, `${table}.${column} length`, of, String(value.length), () => true);
      }
    }
  }
  return traces;
}

function note(
  traces: Map<string, Map<string, string>>,
  name: string,
  owner: string,
  value: string,
  wins: (one: string, other: string) => boolean,
): void {
  const values = traces.get(name) ?? new Map<string, string>();
  traces.set(name, values);
  const known = values.get(owner);
  if (known === undefined || wins(value, known)) values.set(owner, value);
}

/** A place `(page,row)`, a time, a number, or the head of whatever else it is. */
function numberOf(value: string): number {
  const place = /^\((\d+),(\d+)\)$/.exec(value);
  if (place) return Number(place[1]) * 1_000 + Number(place[2]);
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  const time = Date.parse(value);
  if (Number.isFinite(time)) return time;
  return Buffer.from(value.padEnd(6, '\0')).readUIntBE(0, 6);
}

type Sorted = readonly { readonly owner: string; readonly at: number }[];
type Guess = (at: number, index: number, names: Sorted, people: Sorted) => string | undefined;

/** The ways of taking one list for the shadow of another. */
const GUESSES: Readonly<Record<string, Guess>> = {
  nearest: (at, _index, _names, people) =>
    people.reduce((best, each) => (Math.abs(each.at - at) < Math.abs(best.at - at) ? each : best)).owner,
  'last before': (at, _index, _names, people) => people.findLast((each) => each.at <= at)?.owner,
  'first after': (at, _index, _names, people) => people.find((each) => each.at >= at)?.owner,
  'by rank': (_at, index, names, people) => people[Math.floor((index * people.length) / names.length)]?.owner,
};

/** An attempt to say whose each name is. */
export interface Match {
  readonly how: string;
  readonly right: number;
}

/** Tries every trace of names with every trace of people in every way, best first; `truth` has the owner of each name. */
export function bestMatches(names: Traces, people: Traces, truth: ReadonlyMap<string, string>): Match[] {
  const matches: Match[] = [];
  const sortedPeople = [...people].map(([trace, values]) => [trace, sorted(values)] as const);
  for (const [ofName, nameValues] of names) {
    const list = sorted(nameValues);
    for (const [ofPerson, persons] of sortedPeople) {
      for (const [way, guess] of Object.entries(GUESSES)) {
        const right = list.filter(
          ({ owner, at }, index) => guess(at, index, list, persons) === truth.get(owner),
        ).length;
        matches.push({ how: `${ofName} ~ ${ofPerson}, ${way}`, right });
      }
    }
  }
  return matches.sort((a, b) => b.right - a.right);
}

/** By value; what is equal in an order that tells nothing: that of random ids. */
function sorted(values: ReadonlyMap<string, string>): Sorted {
  return [...values]
    .map(([owner, value]) => ({ owner, at: numberOf(value) }))
    .sort((a, b) => a.at - b.at || (a.owner < b.owner ? -1 : 1));
}

/** How many alike values two sides have: a value on both is a thread between them. */
export function sharedValues(names: Traces, people: Traces): string[] {
  const MIN_LENGTH = 12;
  const seen = new Map<string, string>();
  for (const [trace, values] of people)
    for (const value of values.values()) if (value.length >= MIN_LENGTH) seen.set(value, trace);
  return [...names].flatMap(([trace, values]) =>
    [...values.values()].flatMap((value) => (seen.has(value) ? [`${trace} in ${seen.get(value)}`] : [])),
  );
}
