import { TestClock } from '@phoenix/crypto/testing';
import { DsUnderTest, groupStoreOn, type OpenedGroupStore, ScriptedConversation } from '@phoenix/ds/testing';
import { encodeRatchetTree, mlsMessageCodec } from '@phoenix/mls';
import { decode, formatBase64Url } from '@phoenix/wire';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';
import { type Answer, MemberLine } from './member-line.js';

/** Wednesday, 6 May 2026, noon: when the scripted members live. */
const NOW = Date.UTC(2026, 4, 6, 12);
const MEMBERS = 100;
const ROUNDS = 100;
const COMMIT = { operation: 'updateClient', type: 'CommitInput', answer: 'epoch' };
const INFO = {
  kind: 'query',
  operation: 'externalCommitInfo',
  type: 'ExternalCommitInfoInput',
  answer: 'groupInfo ratchetTree',
} as const;

/** A hundred members, each with a connection of its own, who all commit at once, again and again. */
describe('a group whose members all commit at once', () => {
  jest.setTimeout(600_000);
  const clock = new TestClock(NOW);
  let home: TestHomeserver;
  let groups: OpenedGroupStore;
  let group: ScriptedConversation;
  let lines: MemberLine[];

  beforeAll(async () => {
    home = await startHomeserver({ domain: 'example.com', clock });
    groups = await groupStoreOn(home.ds.databaseUrl);
    group = await ScriptedConversation.begin(await DsUnderTest.over(groups.store));
    await group.add(MEMBERS - 1);
    lines = [...group.members].map(() => new MemberLine(home.ds, group, clock));
  });

  afterAll(async () => {
    for (const line of lines) line.close();
    await groups.close();
    await home.stop();
  });

  /** Everybody's commit for the present epoch, all on their way before one is answered. */
  async function race() {
    const made = lines.map((_, committer) => group.make({ committer }));
    const answers = await Promise.all(
      lines.map((line, leaf): Promise<Answer> => {
        const { commit, groupInfoUpdate } = made[leaf]!.input;
        const body = line.body(COMMIT, { commit, groupInfoUpdate });
        return line.post(body, String(leaf), group.member(leaf));
      }),
    );
    return { made, answers };
  }

  /** What the DS has of the group, as it gives it to a member. */
  async function atServer(leaf: number) {
    const line = lines[leaf]!;
    type Info = { readonly groupInfo: string; readonly ratchetTree: string };
    const { data } = await line.post<Info>(line.body(INFO), String(leaf), group.member(leaf));
    const { groupInfo, ratchetTree } = data!.done!;
    const message = decode(mlsMessageCodec, Buffer.from(groupInfo, 'base64url'));
    if (message.type !== 'groupInfo') throw new Error('the DS answers with something else');
    const { groupContext, confirmationTag } = message.groupInfo;
    return { groupContext, confirmationTag, ratchetTree };
  }

  it('takes one commit of each epoch, tells all others which it is, and agrees with every member after it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { made, answers } = await race();
      const epoch = String(group.scripted.group.groupContext.epoch + 1n);
      const winners = answers.flatMap(({ data }, leaf) => (data?.done ? [leaf] : []));
      expect(winners).toHaveLength(1);
      const [winner] = winners as [number];
      expect(answers[winner]!.data).toEqual({ done: { epoch } });
      const refusals = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions));
      expect(refusals).toEqual(Array(MEMBERS - 1).fill({ code: 'WRONG_EPOCH', epoch }));
      // All members follow the winner's commit by what they knew themselves: no word of the server's is in it.
      made[winner]!.take();
      const { groupContext, confirmationTag, tree } = group.scripted.group;
      const ratchetTree = formatBase64Url(encodeRatchetTree(tree));
      expect(await atServer(round % MEMBERS)).toEqual({ groupContext, confirmationTag, ratchetTree });
    }
  });
});
