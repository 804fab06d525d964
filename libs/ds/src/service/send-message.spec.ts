import { mlsMessageCodec } from '@phoenix/mls';
import { decode, done, encode, monthNumber, refuse, utf8 } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;
let carol: number;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore(), { maxMessageBytes: 4000 });
  group = await ScriptedConversation.begin(ds);
  [bob, carol] = (await group.add(2)) as [number, number];
});

const last = (leaf: number) => group.received(group.member(leaf)).at(-1);

/** A message with something other in it. */
function altered(change: object): Uint8Array {
  const message = decode(mlsMessageCodec, group.message());
  if (message.type !== 'privateMessage') throw new Error('not a PrivateMessage');
  const privateMessage = { ...message.privateMessage, ...change };
  return encode(mlsMessageCodec, { type: 'privateMessage', privateMessage });
}

describe('sendMessage', () => {
  it('reaches all other members, with one time for all, and not its sender', async () => {
    const payload = group.message();
    const own = group.received(group.member(bob)).length;
    expect(await group.send(bob, payload)).toEqual(done());
    const entry = { type: 'application', timestamp: BigInt(ds.clock.now()), payload };
    expect([last(0), last(carol)]).toEqual([entry, entry]);
    expect(group.received(group.member(bob))).toHaveLength(own);
  });

  it('is once what is sent again with the same body, freshly signed', async () => {
    const payload = group.message();
    expect(await group.send(bob, payload, 'the same body')).toEqual(done());
    const seen = group.received(group.member(0)).length;
    expect(await group.send(bob, payload, 'the same body')).toEqual(done());
    expect(group.received(group.member(0))).toHaveLength(seen);
  });

  it('is answered as done, and not sent again, when it was taken in an epoch that is over', async () => {
    const payload = group.message();
    expect(await group.send(bob, payload, 'b')).toEqual(done());
    await group.update(0);
    const [seen, wrongEpoch] = [group.received(group.member(0)).length, refuse('WRONG_EPOCH', { epoch: 2n })];
    expect(await group.send(bob, payload, 'b')).toEqual(done());
    expect(await group.send(bob, payload, 'another body')).toEqual(wrongEpoch);
    expect(group.received(group.member(0))).toHaveLength(seen);
  });

  it('answers that only to who signs as a leaf of the present epoch', async () => {
    const [payload, old] = [group.message(), group.member(bob)];
    expect(await group.send(bob, payload, 'b')).toEqual(done());
    await group.update(bob, ds.crypto.random.bytes(32));
    const again = (by = group.member(bob)) => {
      const input = { groupId: group.uuid, earKey: group.earKey.slice(), message: payload };
      return ds.sendMessage.execute(input, group.request(bob, 'b', by));
    };
    expect(await again(old)).toEqual(refuse('SIGNATURE_INVALID'));
    expect(await again()).toEqual(done());
    await group.remove([bob]);
    expect(await again(group.member(0))).toEqual(refuse('SIGNATURE_INVALID'));
  });

  it('is not answered as done in a later epoch when the queues had not taken it', async () => {
    const payload = group.message();
    ds.transport.failNext();
    expect(await group.send(bob, payload, 'b')).toEqual(refuse('UNAVAILABLE', { retryAfterMs: 1000 }));
    await group.update(0);
    expect(await group.send(bob, payload, 'b')).toEqual(refuse('WRONG_EPOCH', { epoch: 2n }));
  });

  it('refuses a replayed signature', async () => {
    const request = group.request(bob);
    const input = () => ({ groupId: group.uuid, earKey: group.earKey.slice(), message: group.message() });
    expect(await ds.sendMessage.execute(input(), request)).toEqual(done());
    const nonce = request.nonce;
    const keyId = { kind: 'leaf', name: String(bob) } as const;
    const replay = ds.requests.by({ keyId, privateKey: group.member(bob).seed }, { nonce });
    expect(await ds.sendMessage.execute(input(), replay)).toEqual(refuse('REQUEST_REPLAYED'));
  });

  it('says which epoch is current to a message of another', async () => {
    for (const epoch of [0n, 2n]) {
      expect(await group.send(bob, group.message(epoch))).toEqual(refuse('WRONG_EPOCH', { epoch: 1n }));
    }
  });

  it('refuses a message of another group, of another type, a commit, and garbage', async () => {
    expect(await group.send(bob, altered({ groupId: utf8('another') }))).toEqual(
      refuse('INVALID_MESSAGE', { rule: 'mls.6-group-id' }),
    );
    expect(await group.send(bob, altered({ contentType: 'commit' }))).toEqual(
      refuse('INVALID_MESSAGE', { rule: 'mls.6-content-type' }),
    );
    const { commit } = group.make({}).input;
    expect(await group.send(bob, commit)).toEqual(refuse('INVALID_MESSAGE', { rule: 'mls.6-content-type' }));
    expect(await group.send(bob, new Uint8Array(9))).toEqual(refuse('BAD_REQUEST'));
  });

  it('refuses a message longer than the server allows', async () => {
    expect(await group.send(bob, group.message(1n, 4000))).toEqual(
      refuse('LIMIT_EXCEEDED', { rule: 'ds.limit.message' }),
    );
  });

  it('refuses a leaf that is blank, out of the tree, or not the signer', async () => {
    group.members.set(9, group.member(bob));
    expect(await group.send(9)).toEqual(refuse('SIGNATURE_INVALID'));
    const input = { groupId: group.uuid, earKey: group.earKey.slice(), message: group.message() };
    const stolen = group.request(bob, 'x', group.member(carol));
    expect(await ds.sendMessage.execute(input, stolen)).toEqual(refuse('SIGNATURE_INVALID'));
  });

  it('fails as a whole when the queues cannot be reached, and succeeds when it is sent again', async () => {
    const payload = group.message();
    ds.transport.failNext();
    expect(await group.send(bob, payload, 'b')).toEqual(refuse('UNAVAILABLE', { retryAfterMs: 1000 }));
    expect(last(0)?.payload).not.toEqual(payload);
    expect(await group.send(bob, payload, 'b')).toEqual(done());
    expect(last(0)?.payload).toEqual(payload);
  });

  it('writes nothing to the group, but for the month when that is another one', async () => {
    const before = await ds.store.load(group.uuid);
    const stored = await group.stored();
    await group.send(bob);
    expect(await group.stored()).toBe(stored);
    ds.clock.advance(31 * 86_400_000);
    await group.send(bob);
    const after = await ds.store.load(group.uuid);
    expect(after?.lastActiveMonth).toBe(monthNumber(ds.clock.now()));
    expect(after?.generation).toEqual(before?.generation);
  });

  it('works in a group of one, where nobody gets it', async () => {
    const alone = await ScriptedConversation.begin(ds);
    expect(await alone.send(0)).toEqual(done());
  });
});
