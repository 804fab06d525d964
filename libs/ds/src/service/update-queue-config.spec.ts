import { monthNumber, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import type { GroupRow } from '../domain/group-row.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { mustHold } from '../testing/must-hold.js';
import { HOME } from '../testing/scripted-client.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds);
  [bob] = (await group.add(2)) as [number, number];
});

const row = async () => (await ds.store.load(group.uuid)) as GroupRow;
const config = () => ({ domain: HOME, sealed: ds.crypto.random.bytes(180) });
const texts = (sealed: Uint8Array) => ds.transport.queue(sealed).map(({ entry }) => entry.type);

describe('updateQueueConfig', () => {
  it('brings a member’s messages to its new queue from then on, and the others’ to theirs', async () => {
    const [before, queue] = [group.member(bob).queue.sealed, config()];
    mustHold(await group.send(0));
    mustHold(await group.updateQueueConfig(bob, queue));
    mustHold(await group.send(0));
    expect(texts(queue.sealed)).toEqual(['application']);
    expect(texts(before).filter((type) => type === 'application')).toHaveLength(1);
    expect(texts(group.member(2).queue.sealed).filter((type) => type === 'application')).toHaveLength(2);
  });

  it('writes a roster of the same size and a new generation, and leaves the tree to the byte', async () => {
    const before = await row();
    mustHold(await group.updateQueueConfig(bob));
    const after = await row();
    expect(Buffer.compare(after.tree, before.tree)).toBe(0);
    expect(after.roster).toHaveLength(before.roster.length);
    expect(after.generation).not.toEqual(before.generation);
    expect(Buffer.compare(after.notices, before.notices)).toBe(0);
  });

  it('leaves the group to go on: commits, joins and other configs follow', async () => {
    mustHold(await group.updateQueueConfig(bob));
    mustHold(await group.updateQueueConfig(0));
    await group.update(bob);
    await group.add(1);
    mustHold(await group.updateQueueConfig(bob));
    await group.remove([bob]);
  });

  it('changes nothing the second time, however often it is asked', async () => {
    const [queue, body] = [config(), group.body()];
    mustHold(await group.updateQueueConfig(bob, queue, body));
    const stored = await group.stored();
    mustHold(await group.updateQueueConfig(bob, queue, body));
    expect(await group.stored()).toBe(stored);
  });

  it('hands over first what an interrupted commit left behind', async () => {
    const made = group.make({});
    ds.transport.failNext();
    expect(await group.submitUpdate(made)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    made.take();
    const before = group.member(bob).queue.sealed;
    mustHold(await group.updateQueueConfig(bob));
    expect(texts(before).at(-1)).toBe('commit');
    expect((await row()).pending).toBeUndefined();
    await group.update(0);
  });

  it('fails, and changes nothing, while what was left behind cannot be handed over', async () => {
    ds.transport.failNext(2);
    await group.submitUpdate(group.make({}));
    const stored = await group.stored();
    expect(await group.updateQueueConfig(bob)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    expect(await group.stored()).toBe(stored);
  });

  it('marks the group’s month and not its member’s: that one has not committed', async () => {
    ds.clock.advance(Date.UTC(2026, 6, 2) - ds.clock.now());
    mustHold(await group.updateQueueConfig(bob));
    expect((await row()).lastActiveMonth).toBe(monthNumber(ds.clock.now()));
  });

  it('refuses a config of another home domain, of another size, and what is no config (ds.queue-config.size)', async () => {
    const stored = await group.stored();
    const refused = (rule: string) => refuse('BAD_REQUEST', { rule });
    const elsewhere = { ...config(), domain: 'elsewhere.org' };
    expect(await group.updateQueueConfig(bob, elsewhere)).toEqual(refused('ds.queue-config.domain'));
    for (const length of [0, 179, 181, 512]) {
      const odd = { domain: HOME, sealed: ds.crypto.random.bytes(length) };
      expect(await group.updateQueueConfig(bob, odd)).toEqual(refused('ds.queue-config.size'));
    }
    const input = { groupId: group.uuid, earKey: group.earKey.slice(), queueConfig: new Uint8Array(3) };
    const request = group.request(bob);
    expect(await ds.updateQueueConfig.execute(input, request)).toEqual(refused('ds.queue-config.form'));
    expect(input.earKey).toEqual(new Uint8Array(32));
    expect(await group.stored()).toBe(stored);
  });

  it('refuses whoever is not the member, and one that was removed', async () => {
    const stored = await group.stored();
    const input = () => ({ groupId: group.uuid, earKey: group.earKey.slice(), queueConfig: encoded() });
    const encoded = () => Uint8Array.of(...[11, ...Buffer.from(HOME)], 0x40, 180, ...config().sealed);
    const forged = group.request(bob, group.body(), group.member(0));
    expect(await ds.updateQueueConfig.execute(input(), forged)).toEqual(refuse('SIGNATURE_INVALID'));
    const outside = group.request(77, group.body(), group.member(0));
    expect(await ds.updateQueueConfig.execute(input(), outside)).toEqual(refuse('SIGNATURE_INVALID'));
    expect(await group.stored()).toBe(stored);
    const gone = group.member(bob);
    await group.remove([bob]);
    const late = group.request(bob, group.body(), gone);
    expect(await ds.updateQueueConfig.execute(input(), late)).toEqual(refuse('SIGNATURE_INVALID'));
  });

  it('lets one config win of many that come at the same time, and none is half there', async () => {
    const queues = Array.from({ length: 10 }, config);
    const outcomes = await Promise.all(queues.map((queue) => group.updateQueueConfig(bob, queue)));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    mustHold(await group.send(0));
    expect(queues.filter(({ sealed }) => texts(sealed).length === 1)).toHaveLength(1);
  });
});
