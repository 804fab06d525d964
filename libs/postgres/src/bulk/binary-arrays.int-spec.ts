import fc from 'fast-check';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool.js';
import { Statement } from '../pool/statement.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { byteaArray, int4Array, int8Array, textArray, uuidArray } from './binary-arrays.js';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 1 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
const bytes = fc.uint8Array({ maxLength: 40 });
const hex = (value: Uint8Array | null) => (value === null ? null : Buffer.from(value).toString('hex'));
/** Each element comes back in the order given, in the text form that Postgres gives it. */
const elements = (type: string, output: string) =>
  new Statement<[string | null]>(
    `test-${type}`,
    `SELECT ${output} FROM unnest($1::${type}[]) WITH ORDINALITY u(e, n) ORDER BY n`,
  );

const cases: [
  string,
  string,
  fc.Arbitrary<unknown[]>,
  (values: never) => Buffer,
  (value: never) => string | null,
][] = [
  ['uuid', 'e::text', fc.array(fc.uuid()), uuidArray, (value: string) => value],
  ['bytea', "encode(e, 'hex')", fc.array(fc.option(bytes)), byteaArray, hex],
  ['text', 'e', fc.array(fc.option(text)), textArray, (value: string | null) => value],
  ['int8', 'e::text', fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), int8Array, String],
  ['int4', 'e::text', fc.array(fc.integer()), int4Array, String],
];

it.each(cases)(
  'Postgres reads every array of %s as it was meant',
  async (type, output, values, encode, show) => {
    const read = elements(type, output);
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        const rows = await read.run(pool, [encode(given as never)]);
        expect(rows.flat()).toEqual(given.map((value) => show(value as never)));
      }),
      { numRuns: 50 },
    );
  },
);

it.each(cases)(
  'is, byte for byte, what Postgres itself sends for an array of %s',
  async (type, _, values, encode) => {
    const send = new Statement<[Buffer]>(`test-send-${type}`, `SELECT array_send($1::${type}[])`);
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        const encoded = encode(given as never);
        expect((await send.run(pool, [encoded]))[0]?.[0]).toEqual(encoded);
      }),
      { numRuns: 50 },
    );
  },
);

it('takes ids as 16 bytes, too', () => {
  const id = Uint8Array.from({ length: 16 }, (_, index) => index + 1);
  expect(uuidArray([id])).toEqual(uuidArray(['01020304-0506-0708-090a-0b0c0d0e0f10']));
});
