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

interface Sorted {
  readonly owners: readonly string[];
  readonly at: readonly number[];
}

/** The ways of taking one list for the shadow of another: where in the list of people the owner of a name stands. */
type Guess = (people: Sorted, at: number, firstAfter: number, rank: number) => number;
const GUESSES: Readonly<Record<string, Guess>> = {
  nearest: ({ at: places }, at, after) =>
    Math.abs((places[after - 1] ?? -Infinity) - at) <= Math.abs((places[after] ?? Infinity) - at)
      ? after - 1
      : after,
  'last before': (_people, _at, after) => after - 1,
  'first after': (_people, _at, after) => after,
  'by rank': ({ owners }, _at, _after, rank) => Math.floor(rank * owners.length),
};

/** An attempt to say whose each name is. */
export interface Match {
  readonly how: string;
  readonly right: number;
}

/** Tries every trace of names with every trace of people in every way, best first; `truth` has the owner of each name. */
export function bestMatches(names: Traces, people: Traces, truth: ReadonlyMap<string, string>): Match[] {
  const matches: Match[] = [];
  const ofPeople = [...people].map(([trace, values]) => [trace, sorted(values)] as const);
  for (const [ofName, values] of names) {
    const list = sorted(values);
    const owners = list.owners.map((name) => truth.get(name));
    for (const [ofPerson, persons] of ofPeople) {
      const after = list.at.map((at) => firstAfter(persons.at, at));
      for (const [way, guess] of Object.entries(GUESSES)) {
        let right = 0;
        owners.forEach((owner, index) => {
          const at = guess(persons, list.at[index]!, after[index]!, index / owners.length);
          if (persons.owners[at] === owner) right++;
        });
        matches.push({ how: `${ofName} ~ ${ofPerson}, ${way}`, right });
      }
    }
  }
  return matches.sort((a, b) => b.right - a.right);
}

/** By value; what is equal in an order that tells nothing: that of random ids. */
function sorted(values: ReadonlyMap<string, string>): Sorted {
  const list = [...values].map(([owner, value]) => ({ owner, at: numberOf(value) }));
  list.sort((a, b) => a.at - b.at || (a.owner < b.owner ? -1 : 1));
  return { owners: list.map(({ owner }) => owner), at: list.map(({ at }) => at) };
}

/** The index of the first place that is not below `at`; of a sorted list. */
function firstAfter(places: readonly number[], at: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Values of some length that both sides have: a thread between them. */
export function sharedValues(names: Traces, people: Traces): string[] {
  const MIN_LENGTH = 12;
  const seen = new Map<string, string>();
  for (const [trace, values] of people)
    for (const value of values.values()) if (value.length >= MIN_LENGTH) seen.set(value, trace);
  return [...names].flatMap(([trace, values]) =>
    [...values.values()].flatMap((value) => (seen.has(value) ? [`${trace} in ${seen.get(value)}`] : [])),
  );
}
