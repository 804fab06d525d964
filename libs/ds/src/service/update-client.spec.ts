import { buildLeafNode, externalPub } from '@phoenix/mls/testing';
import { decode, done, memberKeySet, refuse } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { identityOf, someKeys } from '../testing/scripted-client.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';
import type { CommitScript } from '../testing/commit-script.js';

let ds: DsUnderTest;
let group: ScriptedConversation;
let bob: number;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore());
  group = await ScriptedConversation.begin(ds);
  [bob] = (await group.add(2)) as [number];
});

const invalid = (rule: string) => refuse('INVALID_COMMIT', { rule });
const fresh = () => ds.crypto.random.bytes(32);

async function submit(script: CommitScript) {
  const before = await group.stored();
  const made = group.make(script);
  const outcome = await group.submitUpdate(made, script.committer);
  if (outcome.ok) made.take();
  else expect(await group.stored()).toBe(before);
  return outcome;
}

/** The path's leaf signed by `signer` with another identity. */
function relabel(
  leaf: number,
  identity: Uint8Array,
  signer = group.member(leaf).signer,
): CommitScript['alter'] {
  return (path) => {
    const position = { groupId: group.scripted.group.groupId, leafIndex: leaf };
    const { encryptionKey, source } = path.leafNode;
    const credential = { type: 'basic', identity } as const;
    return { ...path, leafNode: buildLeafNode(signer, { encryptionKey, source, credential }, position) };
  };
}

describe('updateClient', () => {
  it('renews a path, credential and key as they are', async () => {
    expect(await submit({ committer: bob })).toMatchObject({ ok: true });
    expect(await group.send(bob)).toEqual(done());
  });

  it('renews pseudonym, credential, key and key set together; the old key is good for nothing then', async () => {
    const old = group.member(bob);
    expect(await submit({ committer: bob, pseudonym: fresh() })).toMatchObject({ ok: true });
    expect(await group.send(bob)).toEqual(done());
    group.members.set(bob, old);
    expect(await group.send(bob)).toEqual(refuse('SIGNATURE_INVALID'));
  });

  it('refuses a commit without a path, and one with other proposals', async () => {
    const commit = { proposals: [], path: undefined };
    expect(await submit({ committer: bob, commit })).toEqual(invalid('ds.update.only-path'));
    expect(await submit({ add: [group.client()] })).toEqual(invalid('ds.update.only-path'));
    expect(await submit({ remove: [bob] })).toEqual(invalid('ds.update.only-path'));
  });

  it('refuses a new credential without a new key set, and a key set without a new credential', async () => {
    expect(await submit({ committer: bob, pseudonym: fresh(), aad: { own: undefined } })).toEqual(
      invalid('ds.commit.own-keys'),
    );
    expect(await submit({ committer: bob, aad: { own: someKeys(ds.crypto) } })).toEqual(
      invalid('ds.commit.own-keys'),
    );
  });

  it('refuses a new signature key under the old credential', async () => {
    const renewed = { ...group.client(), identity: group.member(bob).identity };
    expect(await submit({ committer: bob, renewed, aad: { own: undefined } })).toEqual(
      invalid('ds.commit.own-credential'),
    );
  });

  it('refuses a new credential that does not run for eight weeks from a Monday', async () => {
    const past = ds.clock.now() - 9 * 7 * 86_400_000;
    const { pseudonym } = group.member(bob);
    const alter = relabel(bob, identityOf(ds.crypto, pseudonym, ds.clock.now(), past))!;
    const aad = { own: someKeys(ds.crypto) };
    expect(await submit({ committer: bob, alter, aad })).toEqual(invalid('ds.leaf.credential'));
    const garbage = relabel(bob, Uint8Array.of(1, 2, 3))!;
    expect(await submit({ committer: bob, alter: garbage, aad })).toEqual(invalid('ds.leaf.credential'));
  });

  it('takes a new credential for the same pseudonym', async () => {
    const { pseudonym } = group.member(bob);
    const alter = relabel(bob, identityOf(ds.crypto, pseudonym, ds.clock.now()))!;
    expect(await submit({ committer: bob, alter, aad: { own: someKeys(ds.crypto) } })).toMatchObject({
      ok: true,
    });
  });

  it('refuses a leaf that would make the group large for everybody', async () => {
    const alter: CommitScript['alter'] = (path) => {
      const position = { groupId: group.scripted.group.groupId, leafIndex: bob };
      const { encryptionKey, source, credential, capabilities } = path.leafNode;
      const type = 0xf0fe;
      const extensions = [{ type, data: new Uint8Array(1024 * 1024) }];
      const supporting = { ...capabilities, extensions: [...capabilities.extensions, type] };
      const fields = { encryptionKey, source, credential, capabilities: supporting, extensions };
      return { ...path, leafNode: buildLeafNode(group.member(bob).signer, fields, position) };
    };
    expect(await submit({ committer: bob, alter })).toEqual(invalid('ds.leaf.size'));
  });

  it('refuses an own key set of another size than all have', async () => {
    const keys = { ...someKeys(ds.crypto), wrappedLinkKey: ds.crypto.random.bytes(256) };
    expect(await submit({ committer: bob, pseudonym: fresh(), aad: { own: keys } })).toEqual(
      invalid('ds.key-set.size'),
    );
  });

  it('refuses a GroupInfo update that is larger than it has to be', async () => {
    const infoExtensions = [externalPub(fresh()), { type: 0xf0ff, data: new Uint8Array(5000) }];
    expect(await submit({ committer: bob, infoExtensions })).toEqual(invalid('ds.group-info.size'));
  });

  it("refuses another member's pseudonym", async () => {
    const { pseudonym } = group.member(0);
    expect(await submit({ committer: bob, pseudonym })).toEqual(invalid('ds.leaf.pseudonym'));
  });

  it("swaps an admin's own listed pseudonym, and lets it go on as an admin", async () => {
    const pseudonym = fresh();
    expect(await submit({ pseudonym, admins: [pseudonym] })).toMatchObject({ ok: true });
    expect(await group.submitAdd(group.make({ add: [group.client()] }))).toMatchObject({ ok: true });
  });

  it('refuses to leave the group without an admin, and to make admins', async () => {
    expect(await submit({ pseudonym: fresh() })).toMatchObject({ ok: false });
    const admins = [group.member(0).pseudonym, group.member(bob).pseudonym];
    expect(await submit({ committer: bob, admins })).toEqual(invalid('ds.policy.change'));
    expect(await submit({ committer: bob, admins: [group.member(bob).pseudonym] })).toEqual(
      invalid('ds.policy.change'),
    );
  });

  it('replaces the own queue config, from the next message on', async () => {
    const ownQueueConfig = { domain: 'example.com', sealed: ds.crypto.random.bytes(180) };
    expect(await submit({ committer: bob, aad: { ownQueueConfig } })).toMatchObject({ ok: true });
    expect(ds.transport.queue(ownQueueConfig.sealed)).toEqual([]);
    await group.send(0);
    expect(ds.transport.queue(ownQueueConfig.sealed)).toHaveLength(1);
    const elsewhere = { domain: 'elsewhere.org', sealed: ds.crypto.random.bytes(180) };
    expect(await submit({ committer: bob, aad: { ownQueueConfig: elsewhere } })).toEqual(
      invalid('ds.queue-config.domain'),
    );
  });

  it('shows joiners the new key set', async () => {
    await submit({ committer: bob, pseudonym: fresh() });
    const dave = group.client();
    const made = group.make({ add: [dave] });
    await group.submitAdd(made);
    const info = await group.welcomeInfo(dave, group.scripted.group.epoch + 1n);
    const keys = info.ok ? info.value.memberKeys.find(({ leaf }) => leaf === bob)?.keys : undefined;
    expect(decode(memberKeySet, keys!)).toEqual(group.member(bob).keys);
  });
});
