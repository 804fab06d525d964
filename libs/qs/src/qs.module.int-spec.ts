import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { nodeCrypto } from '@phoenix/crypto';
import { MemoryKeyVault, TestClock } from '@phoenix/crypto/testing';
import { createEdge } from '@phoenix/edge';
import { EdgeCaller, type TestKey } from '@phoenix/edge/testing';
import { type KeyKind, formatUuid } from '@phoenix/wire';
import { EnqueueFanOuts } from './index.js';
import { QsModule } from './qs.module.js';
import { QsClient, TestDatabases } from './testing/index.js';

const crypto = nodeCrypto();
const clock = new TestClock(Date.UTC(2026, 3, 15, 12));
const vault = new MemoryKeyVault(crypto);
const authority = 'qs.example.com';
const domain = 'example.com';
const databases = new TestDatabases();
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

const CREATE =
  'mutation($input: CreateUserRecordInput!) { createUserRecord(input: $input) { acknowledged } }';
const DEQUEUE =
  'mutation($input: DequeueMessagesInput!) { dequeueMessages(input: $input) { entries { seq kind body } } }';

function keyOf(kind: KeyKind, id: Uint8Array, privateKey: Uint8Array): TestKey {
  return { keyId: { kind, name: formatUuid(id) }, privateKey };
}

describe('the QS behind its edge', () => {
  let databaseUrl: string;
  let app: NestFastifyApplication;
  let caller: EdgeCaller;
  const client = new QsClient();
  const userKey = keyOf('qs-user', client.userId, client.userKey.privateKey);
  const clientKey = keyOf('qs-client', client.clientId, client.clientKey.privateKey);

  const boot = (): Promise<NestFastifyApplication> =>
    createEdge(QsModule.forRoot({ domain, databaseUrl, clock, crypto, vault }), {
      authority,
      clock,
      crypto,
      tokens: 'off',
      log: () => undefined,
    });
  const create = { input: creationOf(client) };
  const dequeue = (from = '0'): object => ({
    input: { clientId: formatUuid(client.clientId), from, max: 100 },
  });

  beforeAll(async () => {
    databaseUrl = await databases.url();
    app = await boot();
    caller = new EdgeCaller({ app, authority, crypto, clock });
  });
  afterAll(async () => {
    await app.close();
    await databases.drop();
  });

  it('makes records and a queue, takes a fan-out and gives it to its owner', async () => {
    const keys = await caller.call('{ queueConfigKey qsVerifyingKey }');
    const queueConfigKey = Buffer.from(keys.data?.['queueConfigKey'] as string, 'base64url');
    expect(await caller.call(CREATE, create, userKey)).toMatchObject({
      data: { createUserRecord: { acknowledged: true } },
    });
    const configs = [client.sealConfig({ domain, queueConfigKey })];
    const entry = { type: 'application', timestamp: 1n, payload: crypto.random.bytes(5) } as const;
    const fanOut = { id: crypto.random.bytes(16), configs, entry };
    expect(await app.get(EnqueueFanOuts, { strict: false }).execute([fanOut])).toMatchObject({ ok: true });
    const { data } = await caller.call(DEQUEUE, dequeue(), clientKey);
    const { entries } = data?.['dequeueMessages'] as { entries: { kind: string; seq: string }[] };
    expect(entries.map(({ kind }) => kind)).toEqual(['UPDATE', 'MESSAGE']);
  });

  it('refuses a request that is sent a second time, one without a signature and one of another’s', async () => {
    const body = JSON.stringify({ query: DEQUEUE, variables: dequeue() });
    const fields = caller.fields(body, clientKey);
    expect((await caller.post(body, fields)).codes).toEqual([]);
    expect((await caller.post(body, fields)).codes).toEqual(['REQUEST_REPLAYED']);
    expect((await caller.call(DEQUEUE, dequeue())).codes).toEqual(['SIGNATURE_REQUIRED']);
    const stranger = keyOf('qs-client', client.clientId, new QsClient().clientKey.privateKey);
    expect((await caller.call(DEQUEUE, dequeue(), stranger)).codes).toEqual(['SIGNATURE_INVALID']);
  });

  it('has the same keys and the same queues after a restart, and in a second process', async () => {
    const keys = '{ queueConfigKey qsVerifyingKey }';
    const second = await boot();
    const other = new EdgeCaller({ app: second, authority, crypto, clock });
    expect((await other.call(keys)).data).toEqual((await caller.call(keys)).data);
    const [here, there] = [
      await caller.call(DEQUEUE, dequeue(), clientKey),
      await other.call(DEQUEUE, dequeue(), clientKey),
    ];
    expect(there.data).toEqual(here.data);
    await second.close();
  });

  it('keeps no time finer than a month, no sequence and no default that tells when', async () => {
    const columns = await databases.run(
      databaseUrl,
      `SELECT table_name, column_name, data_type, column_default FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> 'migrations'
          AND (data_type LIKE '%time%' OR data_type = 'date' OR column_default LIKE 'nextval%' OR column_default LIKE '%now%')`,
    );
    expect(columns).toEqual([]);
    const sequences = await databases.run(
      databaseUrl,
      `SELECT sequence_name FROM information_schema.sequences WHERE sequence_name NOT LIKE 'migrations%'`,
    );
    expect(sequences).toEqual([]);
  });
});

function creationOf(client: QsClient): Record<string, string> {
  const { userId, clientId, ...keys } = client.creation;
  const encoded = Object.entries(keys).map(([name, bytes]) => [name, base64url(bytes)] as const);
  return { userId: formatUuid(userId), clientId: formatUuid(clientId), ...Object.fromEntries(encoded) };
}
