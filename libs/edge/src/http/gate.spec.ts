import { type Probe, startProbe } from '../testing/probe.js';
import { readAnswer } from '../testing/edge-caller.js';

const QUERY = '{"query":"{ effects }"}';
const JSON_TYPE = { 'content-type': 'application/json' };

describe('over HTTP, an edge', () => {
  let probe: Probe;
  let healthy: () => Promise<boolean>;
  beforeAll(async () => {
    healthy = () => Promise.resolve(true);
    probe = await startProbe({ isHealthy: () => healthy(), bodyLimit: 1000 });
  });
  afterAll(() => probe.app.close());

  type Method = 'GET' | 'HEAD' | 'OPTIONS' | 'PUT' | 'DELETE' | 'POST';
  async function ask(method: Method, url: string, payload?: string, headers = JSON_TYPE) {
    const request = payload === undefined ? { method, url } : { method, url, payload, headers };
    const { statusCode, body, headers: answered } = await probe.app.inject(request);
    return { ...readAnswer(statusCode, body === '' ? '{}' : body), headers: answered };
  }

  it('answers a query', async () => {
    expect(await ask('POST', '/graphql', QUERY)).toMatchObject({ status: 200, data: { effects: 0 } });
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'] as const)('refuses %s', async (method) => {
    const answer = await ask(method, '/graphql');
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
    if (method !== 'HEAD') expect(answer.codes).toEqual(['BAD_REQUEST']);
  });

  it('refuses a query in the URL', async () => {
    expect((await ask('GET', '/graphql?query=%7Beffects%7D')).status).toBe(405);
    const answer = await ask('POST', '/graphql?x=1', QUERY);
    expect([answer.status, ...answer.codes]).toEqual([400, 'BAD_REQUEST']);
  });

  it.each(['/', '/GraphQL', '/graphql/', '//graphql', '/%67raphql', '/graphql;a=b', '/.well-known/secret'])(
    'has nothing at %s, and does not repeat it',
    async (url) => {
      const answer = await ask('POST', url, QUERY);
      expect([answer.status, ...answer.codes]).toEqual([404, 'NOT_FOUND']);
      if (url.length > 1) expect(answer.text).not.toContain(url);
    },
  );

  it('cannot read a URL with a broken escape, and does not repeat it', async () => {
    const answer = await ask('POST', '/secret-word%zz', QUERY);
    expect([answer.status, ...answer.codes]).toEqual([400, 'BAD_REQUEST']);
    expect(answer.text).not.toContain('secret-word');
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/json-patch+json', 415],
  ])('takes no %s', async (type, status) => {
    const answer = await ask('POST', '/graphql', QUERY, { 'content-type': type });
    expect([answer.status, ...answer.codes]).toEqual([status, 'BAD_REQUEST']);
  });

  it('takes JSON whose charset is stated', async () => {
    const answer = await ask('POST', '/graphql', QUERY, {
      'content-type': 'application/json; charset=utf-8',
    });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"query": secret-word'],
    ['a batch', `[${QUERY},${QUERY}]`],
    ['a batch of one', `[${QUERY}]`],
    ['null', 'null'],
    ['a string', '"{ effects }"'],
    ['a query that is no text', '{"query":{"secret-word":1}}'],
    ['an empty query', '{"query":""}'],
    [
      'no query, but a persisted one',
      '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"secret-word"}}}',
    ],
    ['variables that are a list', '{"query":"{ effects }","variables":[]}'],
    ['an operation name that is a number', '{"query":"{ effects }","operationName":1}'],
    ['an operation name that names none', '{"query":"query a { effects }","operationName":"secret-word"}'],
    ['a byte order mark', `\ufeff${QUERY}`],
  ])('refuses a body that is %s', async (_what, body) => {
    const answer = await ask('POST', '/graphql', body);
    expect([answer.status, ...answer.codes]).toEqual([400, 'BAD_REQUEST']);
    expect(answer.text).not.toContain('secret-word');
  });

  it('refuses a body that is not UTF-8', async () => {
    const { codes } = await probe.caller.post(Buffer.concat([Buffer.from(QUERY), Buffer.of(0xff)]));
    expect(codes).toEqual(['BAD_REQUEST']);
  });

  it('refuses a body above the limit', async () => {
    const answer = await ask(
      'POST',
      '/graphql',
      JSON.stringify({ query: '{ effects }', pad: 'x'.repeat(1000) }),
    );
    expect([answer.status, ...answer.codes]).toEqual([413, 'LIMIT_EXCEEDED']);
  });

  it('refuses a Host field that is none', async () => {
    const { codes } = await probe.caller.post(QUERY, { host: 'a b' });
    expect(codes).toEqual(['BAD_REQUEST']);
  });

  it('refuses to answer in a type that it does not have', async () => {
    const { codes, text } = await probe.caller.post(QUERY, { accept: 'secret/word' });
    expect(codes).toEqual(['BAD_REQUEST']);
    expect(text).not.toContain('secret');
  });

  it('lets nobody keep an answer', async () => {
    const { headers } = await ask('POST', '/graphql', QUERY);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });

  it('says whether it is well, and no more', async () => {
    const { statusCode, body } = await probe.app.inject({ method: 'GET', url: '/health' });
    expect([statusCode, body]).toEqual([200, '{"status":"ok"}']);
    healthy = () => Promise.resolve(false);
    expect(await ask('GET', '/health')).toMatchObject({ status: 503, codes: ['UNAVAILABLE'] });
    healthy = () => Promise.reject(new Error('secret-word'));
    const failed = await ask('GET', '/health');
    expect(failed).toMatchObject({ status: 503, codes: ['UNAVAILABLE'] });
    expect(failed.text + JSON.stringify(probe.log)).not.toContain('secret-word');
  });
});
