import { type Extension, ExtensionType, externalSendersCodec, mlsMessageCodec } from '@phoenix/mls';
import { externalPub } from '@phoenix/mls/testing';
import {
  done,
  encode,
  EXTENSION_GROUP_KEYS,
  EXTENSION_GROUP_POLICY,
  groupPolicy,
  leafValidity,
  memberKeySet,
  refuse,
  utf8,
} from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { GroupTickets } from '../domain/group-ticket.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';

let ds: DsUnderTest;
let group: ScriptedConversation;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = new ScriptedConversation(ds);
});

type Changes = Parameters<ScriptedConversation['groupInfo']>[0];
const info = (changes: Changes) => ({
  groupInfo: encode(mlsMessageCodec, { type: 'groupInfo', groupInfo: group.groupInfo(changes) }),
});
const invalid = (rule: string) => refuse('INVALID_GROUP', { rule });

describe('createGroup', () => {
  it('makes a group whose creator can send', async () => {
    expect(await group.create()).toEqual(done());
    expect(await group.send(0)).toEqual(done());
  });

  it('answers the same group again as done, and another one under its id as taken', async () => {
    const creation = group.creation();
    expect(await group.create(creation)).toEqual(done());
    const stored = await group.stored();
    expect(await group.create({ ...creation, earKey: group.earKey.slice() })).toEqual(done());
    expect(await group.create()).toEqual(refuse('ALREADY_EXISTS'));
    expect(await group.create({ ...creation, earKey: ds.crypto.random.bytes(32) })).toEqual(
      refuse('ALREADY_EXISTS'),
    );
    expect(await group.stored()).toBe(stored);
  });

  it('refuses a ticket that is for another id, of another server, or older than ten minutes', async () => {
    const { groupId, ticket } = ds.requestGroupId.execute();
    expect(await group.create({ ticket })).toEqual(refuse('TICKET_INVALID'));
    expect(await group.create({ groupId })).toEqual(refuse('TICKET_INVALID'));
    const elsewhere = await DsUnderTest.over(new MemoryGroupStore());
    expect(await group.create({ ticket: elsewhere.requestGroupId.execute().ticket })).toEqual(
      refuse('TICKET_INVALID'),
    );
    ds.clock.advance(10 * 60_000);
    expect(await group.create()).toEqual(refuse('TICKET_INVALID'));
  });

  it('refuses a request that the creator did not sign', async () => {
    const outsider = group.client();
    const request = group.request(0, 'x', outsider);
    expect(await ds.createGroup.execute(group.creation(), request)).toEqual(refuse('SIGNATURE_INVALID'));
    group.members.set(1, group.member(0));
    expect(await ds.createGroup.execute(group.creation(), group.request(1))).toEqual(
      refuse('SIGNATURE_INVALID'),
    );
  });

  it('refuses a GroupInfo of another group than the ticket is for', async () => {
    const other = info({ context: { groupId: utf8('another group') } });
    expect(await group.create(other)).toEqual(invalid('ds.create.group-id'));
  });

  it('refuses a GroupInfo with the group keys in it, or without external_pub', async () => {
    const keys = { type: EXTENSION_GROUP_KEYS, data: new Uint8Array(96) };
    const pub = externalPub(ds.crypto.random.bytes(32));
    expect(await group.create(info({ extensions: [pub, keys] }))).toEqual(invalid('ds.group-info.secrets'));
    expect(await group.create(info({ extensions: [] }))).toEqual(invalid('ds.group-info.external-pub'));
  });

  it('refuses a GroupInfo that its signer did not sign', async () => {
    const groupInfo = { ...group.groupInfo(), signature: new Uint8Array(64) };
    const forged = encode(mlsMessageCodec, { type: 'groupInfo', groupInfo });
    expect(await group.create({ groupInfo: forged })).toEqual(invalid('mls.12.4.3-signature'));
  });

  it('refuses external senders other than the DS alone', async () => {
    const [, policy] = group.contextExtensions();
    const other = {
      signatureKey: group.client().signer.publicKey,
      credential: { type: 'basic', identity: utf8('x') },
    } as const;
    const ours = { ...other, signatureKey: ds.keys.verifyingKey };
    for (const list of [[other], [ours, other], []]) {
      const data = encode(externalSendersCodec, list);
      const extensions = [{ type: ExtensionType.externalSenders, data }, policy!];
      expect(await group.create(info({ context: { extensions } }))).toEqual(
        invalid('ds.create.external-senders'),
      );
    }
    expect(await group.create(info({ context: { extensions: [policy!] } }))).toEqual(
      invalid('ds.create.external-senders'),
    );
  });

  it('refuses a policy that is missing, lists somebody twice, or does not list the creator', async () => {
    const [senders] = group.contextExtensions();
    const { pseudonym } = group.member(0);
    const policy = (admins: Uint8Array[]) => ({
      type: EXTENSION_GROUP_POLICY,
      data: encode(groupPolicy, { admins }),
    });
    const create = (...extensions: Extension[]) => group.create(info({ context: { extensions } }));
    expect(await create(senders!)).toEqual(invalid('ds.policy.form'));
    expect(await create(senders!, policy([pseudonym, pseudonym]))).toEqual(invalid('ds.policy.form'));
    expect(await create(senders!, policy([group.client().pseudonym]))).toEqual(
      refuse('FORBIDDEN', { rule: 'ds.role.admin' }),
    );
  });

  it('refuses a group of any epoch but the first', async () => {
    const context = { epoch: 1n, confirmedTranscriptHash: ds.crypto.random.bytes(32) };
    expect(await group.create(info({ context }))).toEqual(invalid('ds.create.epoch'));
  });

  it('refuses a creator whose leaf does not run for eight weeks from a Monday, now', async () => {
    const now = ds.clock.now();
    const [monday, long] = [leafValidity(now), 30 * 7 * 86_400_000];
    for (const lifetime of [
      { notBefore: 0n, notAfter: 0xffffffffffn },
      { ...monday, notAfter: monday.notAfter + 1n },
      leafValidity(now - long),
      leafValidity(now + long),
    ]) {
      const odd = new ScriptedConversation(ds, lifetime);
      expect(await odd.create()).toEqual(invalid('ds.create.lifetime'));
    }
  });

  it('refuses a policy that lists anybody but the creator', async () => {
    const { pseudonym } = group.member(0);
    for (const others of [1, 5000]) {
      const admins = Array.from({ length: others }, () => ds.crypto.random.bytes(32));
      const extensions = group.contextExtensions([pseudonym, ...admins]);
      const rule = others === 1 ? 'ds.create.admins' : 'ds.context.size';
      expect(await group.create(info({ context: { extensions } }))).toEqual(invalid(rule));
    }
  });

  it('refuses key sets of another size than all have', async () => {
    const { wrappedLinkKey } = group.member(0).keys;
    for (const wrappedProfileKey of [new Uint8Array(0), new Uint8Array(60), new Uint8Array(200)]) {
      const memberKeys = encode(memberKeySet, { wrappedLinkKey, wrappedProfileKey });
      expect(await group.create({ memberKeys })).toEqual(invalid('ds.key-set.size'));
    }
  });

  it('refuses a GroupInfo that is larger than it has to be', async () => {
    const extensions = [
      externalPub(ds.crypto.random.bytes(32)),
      { type: 0xf0ff, data: new Uint8Array(5000) },
    ];
    expect(await group.create(info({ extensions }))).toEqual(invalid('ds.group-info.size'));
  });

  it('refuses a queue of another home domain', async () => {
    const { pseudonym } = group.member(0);
    group.members.set(0, {
      ...group.member(0),
      pseudonym,
      queue: { ...group.member(0).queue, domain: 'elsewhere.org' },
    });
    expect(await group.create()).toEqual(invalid('ds.queue-config.domain'));
  });

  it('refuses a creator whose credential does not run for eight weeks from a Monday', async () => {
    ds.clock.advance(9 * 7 * 86_400_000);
    // The ticket has run out as well, so a fresh one is taken for the same id.
    const ticket = new GroupTickets(ds.crypto, ds.keys.ticketKey).issue(group.uuid, ds.clock.now());
    expect(await group.create({ ticket })).toEqual(invalid('ds.leaf.credential'));
  });

  it('refuses bytes that are no encoding of what they should be', async () => {
    for (const field of ['groupInfo', 'ratchetTree', 'memberKeys', 'queueConfig'] as const) {
      const whole = group.creation()[field];
      for (const bytes of [whole.subarray(1), Uint8Array.of(...whole, 0), new Uint8Array(0)]) {
        expect(await group.create({ [field]: bytes })).toEqual(refuse('BAD_REQUEST'));
      }
    }
    expect(await group.create({ earKey: new Uint8Array(31) })).toEqual(refuse('BAD_REQUEST'));
  });

  it('leaves nothing of a refused group, and nothing of the EAR key', async () => {
    const creation = group.creation(info({ extensions: [] }));
    await group.create(creation);
    expect(await ds.store.load(group.uuid)).toBeUndefined();
    expect(creation.earKey).toEqual(new Uint8Array(32));
  });
});
