import { TestClock } from '@phoenix/crypto/testing';
import { DsUnderTest, groupStoreOn, type OpenedGroupStore, ScriptedConversation } from '@phoenix/ds/testing';
import type { UpdatePath } from '@phoenix/mls';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { type Answer, MemberLine } from './member-line.js';

/** Wednesday, 6 May 2026, noon: when the scripted members live. */
const NOW = Date.UTC(2026, 4, 6, 12);
const OUTSIDE = [3, 4, 2 ** 20, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
/** Far more than it takes, far less than a walk to the end of such a tree. */
const AT_ONCE_MS = 10_000;

/** Members who stick to no rule, made where the homeserver's groups lie, speaking to it over real HTTP. */
describe('a homeserver whose members are hostile', () => {
  jest.setTimeout(120_000);
  const clock = new TestClock(NOW);
  let home: TestHomeserver;
  let groups: OpenedGroupStore;
  let ds: DsUnderTest;
  let group: ScriptedConversation;
  let line: MemberLine;
  let bob: number;

  beforeAll(async () => {
    home = await startHomeserver({ domain: 'example.com', clock });
    groups = await groupStoreOn(home.ds.databaseUrl);
    ds = await DsUnderTest.over(groups.store);
  });

  beforeEach(async () => {
    group = await ScriptedConversation.begin(ds);
    [bob] = (await group.add(2)) as [number];
    line = new MemberLine(home.ds, group, clock, 100);
  });

  afterEach(() => line.close());

  afterAll(async () => {
    await groups.close();
    await home.stop();
  });

  const bodyOf = (operation: string, type: string, answer: string, input: Record<string, Uint8Array>) =>
    line.body({ operation, type, answer }, input);
  const commitBody = (
    operation: string,
    { commit, groupInfoUpdate }: ReturnType<typeof group.make>['input'],
  ) => bodyOf(operation, 'CommitInput', 'epoch', { commit, groupInfoUpdate });
  const post = (body: string, leaf: string, by = 0): Promise<Answer> =>
    line.post(body, leaf, group.member(by));

  const refusal = ({ errors }: Answer) => errors?.map(({ extensions: { code, rule } }) => [code, rule])[0];

  it(
    'refuses to remove a leaf outside the tree, however far, at once',
    async () => {
      let path: UpdatePath | undefined;
      group.make({ alter: (made) => (path = made) });
      const stored = await group.stored();
      for (const removed of OUTSIDE) {
        const proposal = { type: 'proposal', proposal: { type: 'remove', removed } } as const;
        const { input } = group.make({ commit: { proposals: [proposal], path } });
        expect(refusal(await post(commitBody('removeUsers', input), '0'))).toEqual([
          'INVALID_COMMIT',
          'mls.12.1.3-removed',
        ]);
      }
      expect(await group.stored()).toBe(stored);
    },
    AT_ONCE_MS,
  );

  it('knows no leaf by an odd name, and none that is blank or outside', async () => {
    const { input } = group.make({});
    const names = ['3', '7', '4294967295', '4294967296', '-1', '00', '1e0', '0x0', 'length', '__proto__'];
    for (const name of names) {
      const answer = await post(commitBody('updateClient', input), name);
      expect([name, refusal(answer)?.[0]]).toEqual([name, 'SIGNATURE_INVALID']);
    }
  });

  it('answers a hundred retries of one commit as a success, and takes it once', async () => {
    const made = group.make({});
    const body = commitBody('updateClient', made.input);
    const answers = await Promise.all(Array.from({ length: 100 }, () => post(body, '0')));
    expect(answers.filter(({ data }) => data?.done?.epoch === '2')).toHaveLength(100);
    made.take();
    const next = group.make({ committer: bob });
    const answer = await post(commitBody('updateClient', next.input), String(bob), bob);
    expect(answer.data?.done?.epoch).toBe('3');
  });

  it('answers a message that it took as done when the epoch has moved on, and no other', async () => {
    const message = group.message();
    const send = (body: string) => post(body, String(bob), bob);
    const taken = bodyOf('sendMessage', 'SendMessageInput', 'acknowledged', { message });
    expect((await send(taken)).errors).toBeUndefined();
    const made = group.make({});
    expect((await post(commitBody('updateClient', made.input), '0')).data?.done?.epoch).toBe('2');
    expect((await send(taken)).errors).toBeUndefined();
    const other = bodyOf('sendMessage', 'SendMessageInput', 'acknowledged', {
      message: group.message(),
    });
    expect(refusal(await send(other))).toEqual(['WRONG_EPOCH', undefined]);
  });

  it('takes a message of a mebibyte, and none that is longer', async () => {
    const frame = group.message(1n, 1_000_000).length - 1_000_000;
    const largest = 1024 * 1024 - frame;
    const body = (size: number) =>
      bodyOf('sendMessage', 'SendMessageInput', 'acknowledged', {
        message: group.message(1n, size),
      });
    expect((await post(body(largest), '0')).errors).toBeUndefined();
    expect(refusal(await post(body(largest + 1), '0'))).toEqual(['LIMIT_EXCEEDED', 'ds.limit.message']);
  });
});
