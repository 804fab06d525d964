import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MemoryKeyVault } from '@phoenix/crypto/testing';
import { createEdge } from '@phoenix/edge';
import { type EdgeAnswer, EdgeCaller, type TestKey } from '@phoenix/edge/testing';
import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import { formatBase64Url, formatUuid } from '@phoenix/wire';
import { DsModule } from './ds.module.js';
import type { MadeCommit } from './testing/commit-script.js';
import { DsUnderTest } from './testing/ds-under-test.js';
import { groupStoreOn, type OpenedGroupStore } from './testing/group-store-on.js';
import { makeArrival, type MadeArrival } from './testing/scripted-arrival.js';
import { HOME } from './testing/scripted-client.js';
import { ScriptedConversation } from './testing/scripted-conversation.js';
import { makeProposal } from './testing/scripted-proposal.js';

const authority = 'ds.example.com';

/** What a client sends for each operation. */
const query = (operation: string, type: string, answer: string): string =>
  `mutation($input: ${type}!) { ${operation}(input: $input) { ${answer} } }`;
const commitBy = (operation: string): string => query(operation, 'CommitInput', 'epoch');
const LEAVE = query('selfRemoveUser', 'SelfRemoveUserInput', 'acknowledged');
const DELETE = query('deleteGroup', 'DeleteGroupInput', 'acknowledged');

describe('a group on Postgres, by its operations over GraphQL', () => {
  let database: TestDatabase;
  let opened: OpenedGroupStore;
  let ds: DsUnderTest;
  let app: NestFastifyApplication;
  let caller: EdgeCaller;
  let group: ScriptedConversation;

  beforeAll(async () => {
    database = await createTestDatabase();
    opened = await groupStoreOn(database.url);
    ds = await DsUnderTest.over(opened.store);
    const { crypto, clock, transport: fanOut } = ds;
    const vault = new MemoryKeyVault(crypto);
    const jobs = { declare: () => undefined };
    const options = { domain: HOME, databaseUrl: database.url, clock, crypto, vault, fanOut, jobs };
    app = await createEdge(DsModule.forRoot(options), {
      authority,
      clock,
      crypto,
      tokens: 'off',
      log: () => undefined,
    });
    caller = new EdgeCaller({ app, authority, crypto, clock });
  });
  beforeEach(async () => {
    group = await ScriptedConversation.begin(ds, { open: true });
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
  const input = (more: Record<string, Uint8Array> = {}, earKey = group.earKey) => {
    const bytes = Object.entries({ earKey, ...more }).map(([name, value]) => [name, formatBase64Url(value)]);
    return { input: { groupId: formatUuid(group.uuid), ...Object.fromEntries(bytes) } };
  };
  const committed = ({ input: { commit, groupInfoUpdate } }: MadeCommit | MadeArrival) =>
    input({ commit, groupInfoUpdate });
  const commit = (operation: string, made: MadeCommit | MadeArrival, leaf?: number): Promise<EdgeAnswer> =>
    caller.call(commitBy(operation), committed(made), leaf === undefined ? undefined : keyOf(leaf));
  const leave = (leaf: number): Promise<EdgeAnswer> =>
    caller.call(LEAVE, input({ proposal: makeProposal(group, leaf) }), keyOf(leaf));

  async function join(): Promise<number> {
    const made = makeArrival(group);
    const answer = await commit('joinConnectionGroup', made);
    expect(answer.data).toEqual({ joinConnectionGroup: { epoch: String(group.scripted.group.epoch + 1n) } });
    return made.take();
  }

  it('begins with a contact that joins unsigned, goes on with two admins and ends when one deletes it', async () => {
    const bob = await join();
    const names = [0, bob].map((leaf) => group.member(leaf).pseudonym);
    const promotion = group.make({ admins: names });
    expect((await commit('updateGroupContext', promotion, 0)).data).toEqual({
      updateGroupContext: { epoch: '2' },
    });
    promotion.take();
    const end = group.make({ committer: bob, remove: [0] });
    expect((await caller.call(DELETE, committed(end), keyOf(bob))).codes).toEqual([]);
    expect(await ds.store.load(group.uuid)).toBeUndefined();
    expect((await caller.call(DELETE, committed(end), keyOf(bob))).codes).toEqual(['NOT_FOUND']);
  });

  it('hands out what is pending to whoever commits without it, until somebody commits with it', async () => {
    const bob = await join();
    expect((await leave(bob)).codes).toEqual([]);
    const answer = await commit('updateClient', group.make({}), 0);
    const [error] = (JSON.parse(answer.text) as { errors: { extensions: unknown }[] }).errors;
    const [sent] = group.received(group.member(0)).filter(({ type }) => type === 'proposal');
    const proposals = [formatBase64Url(sent!.payload)];
    expect(error?.extensions).toEqual({ code: 'PROPOSALS_PENDING', proposals });
    const made = group.make({ references: group.pendingFor(group.member(0)) });
    expect((await commit('updateClient', made, 0)).codes).toEqual([]);
    made.take();
    expect(
      (await caller.call(DELETE, { input: { ...input().input, commit: null } }, keyOf(0))).codes,
    ).toEqual([]);
    expect(await ds.store.load(group.uuid)).toBeUndefined();
  });

  it('lets a member come back by the key of the leaf that it replaces', async () => {
    const bob = await join();
    const made = makeArrival(group, { replace: bob });
    expect((await commit('resyncClient', made)).codes).toEqual(['SIGNATURE_REQUIRED']);
    expect((await commit('resyncClient', made, 0)).codes).toEqual(['INVALID_COMMIT']);
    expect((await commit('resyncClient', made, bob)).codes).toEqual([]);
    expect((await commit('resyncClient', made, bob)).codes).toEqual([]);
    made.take();
    expect(await group.send(bob)).toMatchObject({ ok: true });
  });

  it('takes no signature for a join, and tells who may not join as much as who has no key', async () => {
    const late = makeArrival(group);
    expect((await commit('joinConnectionGroup', late, 0)).codes).toEqual(['SIGNATURE_INVALID']);
    await join();
    const closed = await commit('joinConnectionGroup', late);
    const { commit: bytes, groupInfoUpdate } = late.input;
    const wrong = input({ commit: bytes, groupInfoUpdate }, ds.crypto.random.bytes(32));
    const stranger = await caller.call(commitBy('joinConnectionGroup'), wrong);
    expect(closed.codes).toEqual(['NOT_FOUND']);
    expect(closed.text).toBe(stranger.text);
  });

  it('lets one of many contacts in, and all members leave who want to, all at the same time', async () => {
    const arrivals = Array.from({ length: 10 }, () => makeArrival(group));
    const answers = await Promise.all(arrivals.map((made) => commit('joinConnectionGroup', made)));
    const winners = arrivals.filter((_, i) => answers[i]!.codes.length === 0);
    expect(winners).toHaveLength(1);
    expect(answers.flatMap(({ codes }) => codes)).toEqual(Array(9).fill('NOT_FOUND'));
    winners[0]!.take();
    const others = [1, ...(await group.add(9))];
    const left = await Promise.all(others.map(leave));
    expect(left.flatMap(({ codes }) => codes)).toEqual([]);
    const pending = group.pendingFor(group.member(0));
    expect(pending).toHaveLength(10);
    const made = group.make({ references: pending });
    expect((await commit('removeUsers', made, 0)).codes).toEqual([]);
    made.take();
    expect([...group.members.keys()]).toEqual([0]);
  });
});
