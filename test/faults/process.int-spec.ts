import { freePorts, HomeserverProcess, SpawnedHomeserver } from '../harness/index.js';

async function ask(url: string, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return response.json();
}

describe('the homeserver as a process', () => {
  jest.setTimeout(120_000);
  let homeserver: SpawnedHomeserver;

  beforeAll(async () => {
    homeserver = await SpawnedHomeserver.start();
  });

  afterAll(() => homeserver.remove());

  const publicKeys = () =>
    Promise.all([
      ask(homeserver.url('as'), '{ asCredentials { roots intermediates } }'),
      ask(homeserver.url('qs'), '{ queueConfigKey qsVerifyingKey }'),
      ask(homeserver.url('ds'), '{ dsVerifyingKey }'),
    ]);

  it('prints its home domain, three URLs and that it is ready', () => {
    expect(homeserver.output).toMatch(/^home domain {2}localhost$/m);
    for (const name of ['AS', 'QS', 'DS']) {
      expect(homeserver.output).toMatch(new RegExp(`^${name} +http://localhost:\\d+/graphql$`, 'm'));
    }
    expect(homeserver.output).toMatch(/^note: Anonymous rate limits are off/m);
    expect(homeserver.output.trimEnd().split('\n').at(-1)).toBe('ready');
  });

  it('refuses to start a second time on the same data, in one sentence', async () => {
    const [as, qs, ds] = await freePorts(3);
    const second = new HomeserverProcess({
      DATA_DIR: homeserver.dataDirectory,
      AS_PORT: String(as),
      QS_PORT: String(qs),
      DS_PORT: String(ds),
    });
    const { code, stdout, stderr } = await second.ended;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^The data directory .* is in use by process \d+: .*\.\n$/);
  });

  it('is the same homeserver again after kill -9', async () => {
    const before = await publicKeys();
    await homeserver.kill();
    await homeserver.startAgain();
    expect(await publicKeys()).toEqual(before);
  });

  it('stops in order at Ctrl-C, also when it comes twice, and has logged nothing', async () => {
    const stopping = homeserver.stop('SIGINT');
    const { code, stderr } = await homeserver.stop('SIGINT');
    expect(await stopping).toEqual(await homeserver.stop());
    expect([code, stderr]).toEqual([0, '']);
    await homeserver.startAgain();
  });
});
