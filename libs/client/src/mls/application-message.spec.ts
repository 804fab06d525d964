import { utf8 } from '@phoenix/wire';
import type { MlsGroup } from './mls-group.js';
import { MlsParty, NOW_MS } from '../testing/mls/mls-party.js';

async function pair(seed: number) {
  const party = await MlsParty.of(seed);
  const alice = await party.group('alice');
  const [bob] = await party.add(alice, [], 'bob');
  return { party, alice, bob: bob! };
}

const send = (group: MlsGroup, words: string) => group.encrypt(utf8(words), new Uint8Array());

describe('an application message', () => {
  it('is read in any order, and once', async () => {
    const { alice, bob } = await pair(21);
    const sent = [];
    for (let i = 0; i < 20; i++) sent.push(await send(alice, `message ${i}`));
    const order = [7, 3, 19, 0, 1, 2, 18, 4, 5, 6, 8, 17, 9, 10, 16, 11, 12, 15, 13, 14];
    for (const i of order)
      expect(await bob.decrypt(sent[i]!)).toMatchObject({ content: utf8(`message ${i}`) });
    for (const message of sent) expect(await bob.decrypt(message)).toEqual({ kind: 'repeated' });
  });

  it('never shares a key with another that was encrypted at the same time', async () => {
    const { alice, bob } = await pair(22);
    const sent = await Promise.all(['one', 'two', 'three'].map((words) => send(alice, words)));
    const read = await Promise.all(sent.map((message) => bob.decrypt(message)));
    expect(read.map((message) => message.kind)).toEqual(['message', 'message', 'message']);
  });

  it('of one of the last four epochs is read, naming the sender as it was then; an older one is past', async () => {
    const { party, alice, bob } = await pair(23);
    const sent = [];
    for (let i = 0; i < 6; i++) {
      sent.push(await send(alice, `epoch ${i}`));
      await party.commit(alice, [bob], { newLeaf: party.leaf(`alice ${i}`) });
    }
    expect(await bob.decrypt(sent[0]!)).toEqual({ kind: 'past' });
    expect(await bob.decrypt(sent[1]!)).toEqual({ kind: 'past' });
    for (const i of [2, 5, 3, 4]) {
      expect(await bob.decrypt(sent[i]!)).toMatchObject({
        content: utf8(`epoch ${i}`),
        epoch: BigInt(1 + i),
        sender: { leaf: 0, identity: utf8(`alice ${i - 1}`) },
      });
    }
    for (const i of [2, 5, 3, 4]) expect(await bob.decrypt(sent[i]!)).toEqual({ kind: 'repeated' });
  });

  it('waits for the commits before it', async () => {
    const { party, alice, bob } = await pair(24);
    const { commit } = await party.commit(alice, [], {});
    const message = await send(alice, 'ahead');
    expect(await bob.decrypt(message)).toEqual({ kind: 'future' });
    await bob.processCommit(commit, NOW_MS);
    expect(await bob.decrypt(message)).toMatchObject({ content: utf8('ahead') });
  });

  it('is not read by the member who sent it, nor by one who was removed before it', async () => {
    const { party, alice, bob } = await pair(25);
    expect(await alice.decrypt(await send(alice, 'mine'))).toEqual({ kind: 'repeated' });
    const earlier = await send(alice, 'earlier');
    await party.commit(alice, [bob], { remove: [1] });
    expect(bob.active).toBe(false);
    expect(await bob.decrypt(await send(alice, 'later'))).toEqual({ kind: 'future' });
    expect(await bob.decrypt(earlier)).toMatchObject({ content: utf8('earlier') });
    await expect(send(bob, 'still here')).rejects.toThrow('removed');
  });
});
