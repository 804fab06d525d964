import { utf8 } from '@phoenix/wire';
import { type Probe, startProbe } from '../testing/probe.js';
import { parseGraphqlBody } from './graphql-body.js';

const codeOf = (body: unknown): string => {
  const parsed = parseGraphqlBody(utf8(typeof body === 'string' ? body : JSON.stringify(body)));
  return parsed.ok ? 'parsed' : parsed.refusal.code;
};
const withVariables = (variables: unknown): string => codeOf({ query: '{ a }', variables });
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
const members = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}`, 1]));

describe('the body of a GraphQL request', () => {
  it.each([
    ['no JSON', '{'],
    ['a batch', [{ query: '{ a }' }]],
    ['no query', {}],
    ['a query that is no text', { query: 1 }],
    ['an operation name that is no text', { query: '{ a }', operationName: 1 }],
    ['variables that are no object', { query: '{ a }', variables: [] }],
    ['a query by way of a prototype', '{"__proto__":{"query":"{ a }"}}'],
  ])('is refused when it is %s', (_what, body) => expect(codeOf(body)).toBe('BAD_REQUEST'));

  it('has as many values as a large group has members, and no more', () => {
    expect(withVariables({ list: Array(9_998).fill('AA') })).toBe('parsed');
    expect(withVariables({ list: Array(9_999).fill('AA') })).toBe('LIMIT_EXCEEDED');
    expect(withVariables({ list: Array(5_000).fill(['AA']) })).toBe('LIMIT_EXCEEDED');
  });

  it('has objects of few members', () => {
    expect(withVariables({ input: members(32) })).toBe('parsed');
    expect(withVariables({ input: members(33) })).toBe('LIMIT_EXCEEDED');
    expect(withVariables(members(33))).toBe('LIMIT_EXCEEDED');
  });

  it('nests a few levels', () => {
    expect(withVariables({ input: nested(7) })).toBe('parsed');
    expect(withVariables({ input: nested(8) })).toBe('LIMIT_EXCEEDED');
    const levels = 100_000;
    const deep = `{"query":"{ a }","variables":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`;
    expect(codeOf(deep)).toBe('LIMIT_EXCEEDED');
  });
});

describe('variables that are wrong in many ways', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe();
  });
  afterAll(() => probe.app.close());

  it('are the caller’s fault, and nothing for the log', async () => {
    const query = 'query ($list: [Bytes!]!) { count(list: $list) }';
    const { codes } = await probe.caller.call(query, { list: Array(100).fill('=') });
    expect(new Set(codes)).toEqual(new Set(['BAD_REQUEST']));
    expect(probe.log).toEqual([]);
  });
});
