import { done, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { sealNotice } from '../domain/notice.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { mustHold } from '../testing/must-hold.js';
import { makeArrival } from '../testing/scripted-arrival.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;
let carol: number;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds);
  [bob, carol] = (await group.add(2)) as [number, number];
});

const months = (count: number) => ds.clock.advance(Date.UTC(2026, 4 + count, 20) - ds.clock.now());
const removed = (leaf = 0) =>
  group.pendingFor(group.member(leaf)).flatMap(({ proposal, sender }) => {
    expect(sender).toEqual({ type: 'external', senderIndex: 0 });
    return proposal.type === 'remove' ? [proposal.removed] : [];
  });

describe('a member without a commit for three whole months', () => {
  it('gets a Remove by the DS with the next change, for the epoch that results, told after the commit', async () => {
    months(3);
    await group.update(bob);
    expect(removed()).toEqual([]);
    months(4);
    await group.update(bob);
    expect(removed()).toEqual([carol]);
    const types = group.received(group.member(carol)).map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['commit', 'proposal']);
  });

  it('is out with the commit after it, which a removed member may not make', async () => {
    months(4);
    await group.update(bob);
    const pending = group.pendingFor(group.member(0));
    const own = group.make({ committer: carol });
    expect(await group.submitUpdate(own, carol)).toMatchObject({ refusal: { code: 'PROPOSALS_PENDING' } });
    const made = group.make({ references: pending });
    expect(await group.submitUpdate(made)).toEqual(done({ epoch: 3n }));
    made.take();
    expect([...group.members.keys()].sort()).toEqual([0, bob]);
  });

  it('stays by coming back in time', async () => {
    months(4);
    await group.update(bob);
    const arrival = makeArrival(group, { replace: carol });
    mustHold(await group.submitResync(arrival, carol));
    arrival.take();
    expect(removed()).toEqual([]);
    await group.update(bob);
    expect(group.members.has(carol)).toBe(true);
  });

  it('stays as the last admin, and as the one who asks', async () => {
    months(4);
    await group.update(bob);
    expect(removed()).toEqual([carol]);
    expect(removed(carol)).toEqual([carol]);
  });

  it('goes as an admin where another stays', async () => {
    const admins = [group.member(0).pseudonym, group.member(bob).pseudonym];
    const made = group.make({ admins });
    mustHold(await group.submitContext(made));
    made.take();
    months(4);
    await group.update(bob);
    expect(removed(bob).sort()).toEqual([0, carol]);
  });

  it('goes when somebody leaves by itself, too, but never all of them', async () => {
    months(4);
    mustHold(await group.submitLeave(carol));
    const pending = group.pendingFor(group.member(0));
    expect(pending.map(({ proposal }) => proposal)).toEqual([
      { type: 'remove', removed: carol },
      { type: 'remove', removed: bob },
    ]);
  });

  it('is invited in the month it is added, and counts from then', async () => {
    months(2);
    await group.add(1);
    months(4);
    await group.update(bob);
    expect(removed()).toEqual([carol]);
  });

  it('is told apart from others in a large group a few at a time', async () => {
    await group.add(40);
    months(4);
    await group.update(bob);
    expect(removed()).toHaveLength(16);
    const made = group.make({ references: group.pendingFor(group.member(0)) });
    mustHold(await group.submitUpdate(made));
    made.take();
    expect(removed()).toHaveLength(16);
  });
});

describe('a member whose queue is reported deleted', () => {
  it('gets a Remove by the DS with the next commit, whoever noticed', async () => {
    ds.transport.deleteQueue(group.member(carol).queue.sealed);
    mustHold(await group.send(bob));
    await group.update(bob);
    expect(removed()).toEqual([carol]);
  });

  it('stays when it has another queue by then', async () => {
    ds.transport.deleteQueue(group.member(carol).queue.sealed);
    mustHold(await group.send(bob));
    const ownQueueConfig = { domain: 'example.com', sealed: ds.crypto.random.bytes(180) };
    const made = group.make({ committer: carol, aad: { ownQueueConfig } });
    mustHold(await group.submitUpdate(made, carol));
    made.take();
    await group.update(bob);
    expect(removed()).toEqual([]);
  });

  it('stays when it is another home domain that says so', async () => {
    const { noticeKey } = (await ds.store.load(group.uuid))!;
    const { sealed } = group.member(carol).queue;
    const id = { uuid: group.uuid, domain: 'example.com' };
    const report = (domain: string) => {
      const notice = sealNotice(ds.crypto, noticeKey, id, { digest: ds.crypto.sha256(sealed), domain });
      return ds.store.fileNotices(group.uuid, [{ index: 3, sealed: notice }]);
    };
    await report('elsewhere.org');
    await group.update(bob);
    expect(removed()).toEqual([]);
    await report('example.com');
    await group.update(bob);
    expect(removed()).toEqual([carol]);
  });
});

describe('a change that is refused', () => {
  it('removes nobody', async () => {
    months(4);
    const before = await group.stored();
    expect(await group.submitUpdate(group.make({ committer: bob, remove: [carol] }), bob)).toMatchObject({
      ok: false,
    });
    expect(await group.stored()).toBe(before);
    expect(removed()).toEqual([]);
  });

  it('of a retry, too', async () => {
    const made = group.make({ committer: bob });
    mustHold(await group.submitUpdate(made, bob));
    made.take();
    months(4);
    const retry = { ...made };
    expect(await group.submitUpdate(retry, bob)).toEqual(done({ epoch: 2n }));
    expect(removed()).toEqual([]);
  });
});

describe('what the DS proposes', () => {
  it('has to be included as anything that is pending', async () => {
    months(4);
    await group.update(bob);
    const messages = group
      .received(group.member(0))
      .filter(({ type }) => type === 'proposal')
      .map(({ payload }) => payload);
    expect(await group.submitUpdate(group.make({}))).toEqual(
      refuse('PROPOSALS_PENDING', { proposals: messages }),
    );
  });

  it('is nothing in a group that lists another key, and the group goes on', async () => {
    const restored = await DsUnderTest.over(ds.store);
    restored.clock.advance(124 * 86_400_000);
    for (const epoch of [2n, 3n]) {
      const made = group.make({ committer: bob });
      const { input, body } = made;
      const keyId = { kind: 'leaf', name: String(bob) } as const;
      const request = restored.requests.by({ keyId, privateKey: group.member(bob).seed }, { body });
      expect(await restored.updateClient.execute({ ...input }, request)).toEqual(done({ epoch }));
      made.take();
    }
    expect(restored.transport.queue(group.member(0).queue.sealed).map(({ entry }) => entry.type)).toEqual([
      'commit',
      'commit',
    ]);
  });

  it('is handed over by a retry where it was interrupted, with its commit, once', async () => {
    months(4);
    const made = group.make({ committer: bob });
    ds.transport.failNext();
    expect(await group.submitUpdate(made, bob)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    expect(await group.submitUpdate(made, bob)).toEqual(done({ epoch: 2n }));
    expect(await group.submitUpdate(made, bob)).toEqual(done({ epoch: 2n }));
    made.take();
    expect(removed()).toEqual([carol]);
  });
});
