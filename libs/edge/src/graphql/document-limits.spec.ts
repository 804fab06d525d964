import { getIntrospectionQuery } from 'graphql';
import { type Probe, startProbe } from '../testing/probe.js';

const nested = (levels: number): string => `${'next { '.repeat(levels)}depth${' }'.repeat(levels)}`;

describe('a document', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe();
  });
  afterAll(() => probe.app.close());

  const unsigned = async (query: string): Promise<readonly string[]> =>
    (await probe.caller.call(query)).codes;
  const signed = async (query: string): Promise<readonly string[]> =>
    (await probe.caller.call(query, {}, probe.key)).codes;

  it('may nest eight fields and not nine', async () => {
    expect(await unsigned(`{ nested { ${nested(6)} } }`)).toEqual([]);
    expect(await unsigned(`{ nested { ${nested(7)} } }`)).toEqual(['LIMIT_EXCEEDED']);
  });

  it('is measured through fragments', async () => {
    const fragments = `fragment a on Nested { ${nested(4)} } fragment b on Nested { next { next { next { ...a } } } }`;
    expect(await unsigned(`{ nested { ...b } } ${fragments}`)).toEqual(['LIMIT_EXCEEDED']);
    expect(
      await unsigned(`{ nested { ... on Nested { ...a } } } fragment a on Nested { ${nested(4)} }`),
    ).toEqual([]);
  });

  it('cannot keep us busy with fragments that double at every level', async () => {
    const levels = Array.from(
      { length: 60 },
      (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`,
    );
    const query = `{ ...f0 } ${levels.join(' ')} fragment f60 on Query { effects }`;
    expect(await unsigned(query)).toEqual(['LIMIT_EXCEEDED']);
  });

  it('may give another name to a root field, and to nothing below', async () => {
    expect(await unsigned('{ a: effects b: effects }')).toEqual([]);
    expect(await unsigned('{ ...a } fragment a on Query { a: effects }')).toEqual([]);
    expect(await unsigned('{ nested { a: depth } }')).toEqual(['LIMIT_EXCEEDED']);
    expect(await unsigned('{ nested { ...a } } fragment a on Nested { ... { a: depth } }')).toEqual([
      'LIMIT_EXCEEDED',
    ]);
    expect(await unsigned('{ __schema { a: types { name } } }')).toEqual(['LIMIT_EXCEEDED']);
  });

  it('may have no fragment cycle', async () => {
    expect(await unsigned('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }')).toContain(
      'BAD_REQUEST',
    );
  });

  it('has one operation', async () => {
    const query = 'query a { effects } query b { effects }';
    const { codes } = await probe.caller.post(JSON.stringify({ query, operationName: 'a' }));
    expect(codes).toEqual(['LIMIT_EXCEEDED']);
  });

  it.each([
    ['aliases', 'mutation { a: act { acknowledged } b: act { acknowledged } }'],
    ['an inline fragment', 'mutation { act { acknowledged } ... { b: act { acknowledged } } }'],
    [
      'a fragment',
      'mutation { ...m b: act { acknowledged } } fragment m on Mutation { act { acknowledged } }',
    ],
    ['a skipped field', 'mutation { act { acknowledged } b: act @skip(if: true) { acknowledged } }'],
    ['__typename', 'mutation { __typename act { acknowledged } }'],
  ])('that is signed acts once, whatever its second root field hides behind (%s)', async (_what, query) => {
    const before = probe.state.effects;
    expect(await signed(query)).toEqual(['LIMIT_EXCEEDED']);
    expect(probe.state.effects).toBe(before);
  });

  it('that is not signed changes one thing at a time, too', async () => {
    const query = 'mutation { anonymous { acknowledged } b: anonymous { acknowledged } }';
    expect(await unsigned(query)).toEqual(['LIMIT_EXCEEDED']);
  });

  it('that is not signed may ask for a few things', async () => {
    const fields = (count: number): string =>
      Array.from({ length: count }, (_, i) => `a${i}: effects`).join(' ');
    expect(await unsigned(`{ ${fields(8)} }`)).toEqual([]);
    expect(await unsigned(`{ ${fields(9)} }`)).toEqual(['LIMIT_EXCEEDED']);
  });

  it('has a limit to its tokens', async () => {
    expect(await unsigned(`{ effects ${'effects '.repeat(2_000)} }`)).toEqual(['LIMIT_EXCEEDED']);
  });

  it('may introspect when it is not signed', async () => {
    expect(await unsigned(getIntrospectionQuery())).toEqual([]);
    expect(await signed('{ __schema { queryType { name } } }')).toEqual(['BAD_REQUEST']);
    expect(await signed('query { __typename }')).toEqual(['BAD_REQUEST']);
  });

  it('cannot nest deeper by introspecting beside', async () => {
    expect(await unsigned(`{ __typename nested { ${nested(7)} } }`)).toEqual(['LIMIT_EXCEEDED']);
  });
});
