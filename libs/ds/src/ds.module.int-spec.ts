import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MemoryKeyVault } from '@phoenix/crypto/testing';
import { createEdge } from '@phoenix/edge';
import { type EdgeAnswer, EdgeCaller, type TestKey } from '@phoenix/edge/testing';
import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import { encode, formatBase64Url, formatUuid, sealedQueueConfig } from '@phoenix/wire';
import type { GroupRow } from './domain/group-row.js';
import { DsModule } from './ds.module.js';
import { DsUnderTest } from './testing/ds-under-test.js';
import { groupStoreOn, type OpenedGroupStore } from './testing/group-store-on.js';
import { mustHold } from './testing/must-hold.js';
import { HOME } from './testing/scripted-client.js';
import { ScriptedConversation } from './testing/scripted-conversation.js';

const authority = 'ds.example.com';

const SEND = 'mutation($input: SendMessageInput!) { sendMessage(input: $input) { acknowledged } }';
const INFO =
  'query($input: ExternalCommitInfoInput!) { externalCommitInfo(input: $input) { groupInfo ratchetTree memberKeys { leaf keys } } }';
const QUEUE =
  'mutation($input: UpdateQueueConfigInput!) { updateQueueConfig(input: $input) { acknowledged } }';
const PROFILE =
  'mutation($input: UpdateProfileKeyInput!) { updateProfileKey(input: $input) { acknowledged } }';
const TICKET = 'query($input: MembershipTicketInput!) { membershipTicket(input: $input) }';
const PRESENCE = 'query($input: GroupPresenceInput!) { groupPresence(input: $input) { acknowledged } }';

describe('the DS behind its edge', () => {
  let database: TestDatabase;
  let opened: OpenedGroupStore;
  let ds: DsUnderTest;
  let app: NestFastifyApplication;
  let caller: EdgeCaller;
  let group: ScriptedConversation;

  beforeAll(async () => {
    database = await createTestDatabase();
    opened = await groupStoreOn(database.url);
    // Makes the groups, which the service then finds: all that the two share is the database.
    ds = await DsUnderTest.over(opened.store);
    const { crypto, clock, transport: fanOut } = ds;
    const vault = new MemoryKeyVault(crypto);
    const module = DsModule.forRoot({
      domain: HOME,
      databaseUrl: database.url,
      clock,
      crypto,
      vault,
      fanOut,
      jobs: { declare: () => undefined },
    });
    app = await createEdge(module, { authority, clock, crypto, tokens: 'off', log: () => undefined });
    caller = new EdgeCaller({ app, authority, crypto, clock });
  });
  beforeEach(async () => {
    group = await ScriptedConversation.begin(ds);
    await group.add(1);
  });
  afterAll(async () => {
    await app.close();
    await opened.close();
    await database.drop();
  });

  const keyOf = (leaf: number): TestKey => ({
    keyId: { kind: 'leaf', name: String(leaf) },
    privateKey: group.member(leaf).seed,
  });
  const stranger = (): TestKey => ({ ...keyOf(1), privateKey: ds.crypto.random.bytes(32) });
  const wrongKey = () => ds.crypto.random.bytes(32);
  const input = (more: Record<string, Uint8Array> = {}, earKey = group.earKey, groupId = group.uuid) => ({
    input: {
      groupId: formatUuid(groupId),
      ...Object.fromEntries(
        Object.entries({ earKey, ...more }).map(([name, bytes]) => [name, formatBase64Url(bytes)]),
      ),
    },
  });
  const send = (key: TestKey, earKey = group.earKey, groupId = group.uuid): Promise<EdgeAnswer> =>
    caller.call(SEND, input({ message: group.message() }, earKey, groupId), key);

  /** The roster as somebody with access to the database could leave it. */
  async function damage(): Promise<void> {
    const stored = (await ds.store.load(group.uuid)) as GroupRow;
    const roster = stored.roster.map((byte, i) => (i === 200 ? byte ^ 1 : byte));
    const changed = { ...stored, roster };
    await ds.store.exclusive(group.uuid, (locked) => locked.compareAndSwap(stored.generation, changed, 676));
  }
  const remove = async (): Promise<void> => {
    const { generation } = (await ds.store.load(group.uuid)) as GroupRow;
    await ds.store.exclusive(group.uuid, (locked) => locked.delete(generation));
  };

  it('tells a stranger the same by every answer: of a wrong key, a damaged row and a group that is gone', async () => {
    const texts = new Set<string>();
    const askAll = async (): Promise<void> => {
      const made = input({ membershipTicket: wrongKey() }, wrongKey());
      const answers = [
        await send(stranger(), wrongKey()),
        await caller.call(INFO, input({}, wrongKey()), stranger()),
        await caller.call(INFO, input({}, wrongKey())),
        await caller.call(PRESENCE, made),
        await caller.call(QUEUE, input({ queueConfig: someConfig() }, wrongKey()), stranger()),
        await caller.call(PROFILE, input({ wrappedProfileKey: new Uint8Array(61) }, wrongKey()), stranger()),
        await caller.call(TICKET, input({}, wrongKey()), stranger()),
      ];
      for (const { codes, text } of answers) {
        expect(codes).toEqual(['NOT_FOUND']);
        texts.add(text);
      }
    };
    await askAll();
    await damage();
    await askAll();
    await remove();
    await askAll();
    expect([...texts]).toHaveLength(1);
  });

  it('tells a member with a ticket which of the three it is', async () => {
    const { data } = await caller.call(TICKET, input(), keyOf(1));
    const membershipTicket = Buffer.from(data?.['membershipTicket'] as string, 'base64url');
    const presence = async (earKey = group.earKey) =>
      (await caller.call(PRESENCE, input({ membershipTicket }, earKey))).codes;
    expect(await presence()).toEqual([]);
    expect(await presence(wrongKey())).toEqual(['EAR_KEY_INVALID']);
    await damage();
    expect(await presence()).toEqual(['DAMAGED']);
    await remove();
    expect(await presence()).toEqual(['NOT_FOUND']);
  });

  it('tells whoever has the right key of damage, by every operation', async () => {
    await damage();
    expect((await send(keyOf(1))).codes).toEqual(['DAMAGED']);
    expect((await caller.call(INFO, input(), keyOf(1))).codes).toEqual(['DAMAGED']);
    expect((await caller.call(QUEUE, input({ queueConfig: someConfig() }), keyOf(1))).codes).toEqual([
      'DAMAGED',
    ]);
  });

  it('gives a member what an external commit is made from; half a signature is refused, none is a stranger’s', async () => {
    const answer = await caller.call(INFO, input(), keyOf(1));
    expect(answer.codes).toEqual([]);
    expect(answer.data?.['externalCommitInfo']).toMatchObject({ memberKeys: [{ leaf: 0 }, { leaf: 1 }] });
    expect((await caller.call(INFO, input())).codes).toEqual(['NOT_FOUND']);
    const body = JSON.stringify({ query: INFO, variables: input() });
    const { signature: _dropped, ...half } = caller.fields(body, keyOf(1));
    expect((await caller.post(body, half)).codes).toEqual(['SIGNATURE_INVALID']);
    expect((await caller.call(INFO, input(), stranger())).codes).toEqual(['SIGNATURE_INVALID']);
  });

  it('gives it to the one contact of an open group, unsigned', async () => {
    const open = await ScriptedConversation.begin(ds, { open: true });
    const asked = await caller.call(INFO, input({}, open.earKey, open.uuid));
    expect(asked.data?.['externalCommitInfo']).toMatchObject({ memberKeys: [{ leaf: 0 }] });
    expect((await caller.call(INFO, input({}, wrongKey(), open.uuid))).codes).toEqual(['NOT_FOUND']);
  });

  it('changes a queue config and a profile key for their member', async () => {
    const sealed = ds.crypto.random.bytes(180);
    const queueConfig = encode(sealedQueueConfig, { domain: HOME, sealed });
    expect((await caller.call(QUEUE, input({ queueConfig }), keyOf(1))).codes).toEqual([]);
    const wrappedProfileKey = ds.crypto.random.bytes(61);
    expect((await caller.call(PROFILE, input({ wrappedProfileKey }), keyOf(1))).codes).toEqual([]);
    expect((await send(keyOf(0))).codes).toEqual([]);
    expect(ds.transport.queue(sealed).map(({ entry }) => entry.type)).toEqual(['application']);
    const { memberKeys } = mustHold(await group.externalCommitInfo(0));
    expect(Buffer.from(memberKeys[1]!.keys).includes(Buffer.from(wrappedProfileKey))).toBe(true);
  });

  const someConfig = () => encode(sealedQueueConfig, { domain: HOME, sealed: ds.crypto.random.bytes(180) });
});
