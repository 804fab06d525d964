import { startHomeserver, type TestHomeserver } from '../harness/index.js';

interface Answer {
  readonly status: number;
  readonly body: { data?: Record<string, unknown>; errors?: { extensions: { code: string } }[] };
}

async function ask(url: string, query: string): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const BASE64URL = expect.stringMatching(/^[A-Za-z0-9_-]+$/) as string;
const KEY = expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string;

describe('a homeserver that has just started', () => {
  let homeserver: TestHomeserver;

  beforeAll(async () => {
    homeserver = await startHomeserver({ domain: 'example.com' });
  });

  afterAll(() => homeserver.stop());

  it('publishes the credentials of its AS to whoever asks', async () => {
    const { body } = await ask(homeserver.as.url, '{ asCredentials { roots intermediates revoked } }');
    expect(body).toEqual({
      data: { asCredentials: { roots: [BASE64URL], intermediates: [BASE64URL], revoked: [] } },
    });
  });

  it('publishes the keys of its QS', async () => {
    const config = await ask(homeserver.qs.url, '{ queueConfigKey }');
    const verifying = await ask(homeserver.qs.url, '{ qsVerifyingKey }');
    expect([config.body.data, verifying.body.data]).toEqual([
      { queueConfigKey: KEY },
      { qsVerifyingKey: KEY },
    ]);
  });

  it('publishes the key of its DS', async () => {
    expect((await ask(homeserver.ds.url, '{ dsVerifyingKey }')).body).toEqual({
      data: { dsVerifyingKey: KEY },
    });
  });

  it('has a schema of its own for each service: none answers the others’ operations', async () => {
    for (const url of [homeserver.qs.url, homeserver.ds.url]) {
      const { body } = await ask(url, '{ asCredentials { roots } }');
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
    }
    const { body } = await ask(homeserver.as.url, '{ dsVerifyingKey }');
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
  });

  it('says that each service is healthy', async () => {
    for (const { url } of [homeserver.as, homeserver.qs, homeserver.ds]) {
      const response = await fetch(new URL('/health', url));
      expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
    }
  });

  it('is the same homeserver after a restart: its keys are stored, once', async () => {
    const queries: [string, string][] = [
      [homeserver.as.url, '{ asCredentials { roots intermediates } }'],
      [homeserver.qs.url, '{ queueConfigKey }'],
      [homeserver.qs.url, '{ qsVerifyingKey }'],
      [homeserver.ds.url, '{ dsVerifyingKey }'],
    ];
    const askAll = () => Promise.all(queries.map(async ([url, query]) => (await ask(url, query)).body));
    const before = await askAll();
    await homeserver.restart();
    expect(await askAll()).toEqual(before);
  });

  it('has logged nothing', () => {
    expect(homeserver.log).toEqual([]);
  });
});
