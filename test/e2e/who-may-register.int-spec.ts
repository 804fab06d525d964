import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { PhoenixClient } from '@phoenix/client';
import { createTestDatabase } from '@phoenix/postgres/testing';
import { SpawnedHomeserver } from '../harness/index.js';
import { homeOf, optionsAt, value } from './people.js';

const OPERATOR = resolve(__dirname, '../../apps/homeserver/dist/cli/main.js');
const CODE = /^[0-9a-z]{4}(-[0-9a-z]{4}){5} {2}[0-9a-f]{10}$/;

/** Runs an operator's command with these settings and nothing else of our environment; the lines that it prints. */
async function operator(settings: Record<string, string>, ...command: string[]): Promise<string[]> {
  const env = { PATH: process.env['PATH'] ?? '', ...settings };
  const { stdout } = await promisify(execFile)(process.execPath, [OPERATOR, ...command], { env });
  return stdout.split('\n').filter((line) => line !== '');
}

describe('a homeserver that registers by invitation', () => {
  let homeserver: SpawnedHomeserver;
  const invited = async (invitation?: string) =>
    PhoenixClient.register(await optionsAt(homeOf(homeserver), { ...(invitation && { invitation }) }));

  beforeAll(async () => {
    homeserver = await SpawnedHomeserver.start({ AS_REGISTRATION: 'invitation' });
  });

  afterAll(() => homeserver.remove());

  it('registers one user for each code that its operator made while it ran, and lists the others', async () => {
    const settings = { DATA_DIR: homeserver.dataDirectory };
    const made = await operator(settings, 'invite', '2');
    expect(made).toEqual([expect.stringMatching(CODE), expect.stringMatching(CODE)]);
    const [first, second] = made.map((line) => line.split('  ') as [string, string]);
    value(await invited(first![0]));
    const refused = { ok: false, refusal: { code: 'FORBIDDEN', rule: 'as.registration.invitation' } };
    expect(await invited(first![0])).toEqual(refused);
    expect(await invited()).toEqual(refused);
    expect(await operator(settings, 'invitations')).toEqual([second![1]]);
  });
});

describe('a homeserver that registers who works for it', () => {
  it('takes a client that solves the puzzle of its ticket', async () => {
    const homeserver = await SpawnedHomeserver.start({
      AS_REGISTRATION: 'proof-of-work',
      AS_REGISTRATION_WORK: '12',
    });
    value(await PhoenixClient.register(await optionsAt(homeOf(homeserver))));
    await homeserver.remove();
  });
});

describe('the operator’s commands', () => {
  it('work on a server that the settings name, before the homeserver ever ran', async () => {
    const database = await createTestDatabase();
    const directory = await mkdtemp(join(tmpdir(), 'phoenix-operator-'));
    const settings = { AS_DATABASE_URL: database.url, DATA_DIR: directory };
    const [line] = await operator(settings, 'invite');
    expect(await operator(settings, 'invitations')).toEqual([line!.split('  ')[1]]);
    await database.drop();
    await rm(directory, { recursive: true });
  });

  it('refuse a wrong number in one sentence', async () => {
    await expect(operator({}, 'invite', 'many')).rejects.toMatchObject({
      code: 1,
      stderr: 'The number of invitations must be from 1 to 1000.\n',
    });
  });
});
