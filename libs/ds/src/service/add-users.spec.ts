import { ExtensionType } from '@phoenix/mls';
import { externalPub } from '@phoenix/mls/testing';
import { decode, done, EXTENSION_GROUP_KEYS, leafValidity, refuse, welcomeBundle } from '@phoenix/wire';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { HOME } from '../testing/scripted-client.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';
import type { CommitScript } from '../testing/commit-script.js';

let ds: DsUnderTest;
let group: ScriptedConversation;

beforeEach(async () => {
  ds = await DsUnderTest.over(new MemoryGroupStore(), { maxMembers: 8 });
  group = await ScriptedConversation.begin(ds);
});

const invalid = (rule: string) => refuse('INVALID_COMMIT', { rule });

/** Submits it, and shows that a refusal has changed nothing, to the byte. */
async function submit(script: CommitScript, changed: object = {}) {
  const before = await group.stored();
  const made = group.make(script);
  const outcome = await group.submitAdd({ ...made, input: { ...made.input, ...changed } }, script.committer);
  if (!outcome.ok) expect(await group.stored()).toBe(before);
  return outcome;
}

describe('addUsers', () => {
  it('adds, tells the old roster by commit and each new client by a WelcomeBundle of its own', async () => {
    const [bob, carol] = [group.client(), group.client()];
    const made = group.make({ add: [bob, carol] });
    expect(await group.submitAdd(made)).toEqual(done({ epoch: 1n }));
    const { commit, welcome, attributions } = made.input;
    const timestamp = BigInt(ds.clock.now());
    expect(group.received(group.member(0))).toEqual([{ type: 'commit', timestamp, payload: commit }]);
    for (const [i, client] of [bob, carol].entries()) {
      const [entry, ...others] = group.received(client);
      expect(others).toEqual([]);
      expect(entry).toMatchObject({ type: 'welcome_bundle', timestamp });
      const groupId = { uuid: group.uuid, domain: HOME };
      expect(decode(welcomeBundle, entry!.payload)).toEqual({
        welcome,
        attribution: attributions[i],
        groupId,
      });
    }
  });

  it('lets those who were added send from then on', async () => {
    const [bob] = await group.add(2);
    expect(await group.send(bob!)).toEqual(done());
  });

  it('takes adds without a path', async () => {
    expect(await submit({ add: [group.client()], path: false })).toEqual(done({ epoch: 1n }));
  });

  it('refuses whoever is not an admin', async () => {
    const [bob] = await group.add(1);
    expect(await submit({ committer: bob!, add: [group.client()] })).toEqual(
      refuse('FORBIDDEN', { rule: 'ds.role.admin' }),
    );
  });

  it('refuses other proposals than Adds, and none at all', async () => {
    const [bob] = await group.add(1);
    expect(await submit({ add: [group.client()], remove: [bob!] })).toEqual(invalid('ds.add.only-adds'));
    expect(await submit({})).toEqual(invalid('ds.add.only-adds'));
    const context = group.contextExtensions();
    expect(await submit({ add: [group.client()], contextExtensions: context })).toEqual(
      invalid('ds.add.only-adds'),
    );
  });

  it('refuses proposals by reference', async () => {
    const commit = {
      proposals: [{ type: 'reference', reference: new Uint8Array(32) }],
      path: undefined,
    } as const;
    expect(await submit({ commit: { ...commit, proposals: [...commit.proposals] } })).toMatchObject({
      refusal: { code: 'INVALID_COMMIT' },
    });
  });

  it('refuses a Welcome that is not for exactly those who are added', async () => {
    const [bob, carol] = [group.client(), group.client()];
    for (const invited of [[bob], [bob, bob], [bob, group.client()], [bob, carol, group.client()], []]) {
      expect(await submit({ add: [bob, carol] }, { welcome: group.welcome(invited) })).toEqual(
        invalid('ds.add.welcome-match'),
      );
    }
    expect(await submit({ add: [bob, carol] }, { welcome: group.welcome([carol, bob]) })).toEqual(
      done({ epoch: 1n }),
    );
  });

  it('refuses attributions and key sets that are not one for each Add', async () => {
    const bob = group.client();
    const attribution = new Uint8Array(100);
    expect(await submit({ add: [bob] }, { attributions: [] })).toEqual(invalid('ds.add.attribution-match'));
    expect(await submit({ add: [bob] }, { attributions: [attribution, attribution] })).toEqual(
      invalid('ds.add.attribution-match'),
    );
    expect(await submit({ add: [bob], aad: { added: [] } })).toEqual(invalid('ds.commit.key-sets'));
    expect(await submit({ add: [bob], aad: { added: [bob.keys, bob.keys] } })).toEqual(
      invalid('ds.commit.key-sets'),
    );
  });

  it('refuses authenticated data that is no CommitAad', async () => {
    expect(await submit({ add: [group.client()], authenticatedData: Uint8Array.of(1, 2, 3) })).toEqual(
      invalid('ds.commit.aad'),
    );
  });

  it('refuses a KeyPackage without a queue config of this home domain', async () => {
    expect(await submit({ add: [group.client({ extensions: [] })] })).toEqual(
      invalid('ds.queue-config.form'),
    );
    expect(await submit({ add: [group.client({ queueDomain: 'elsewhere.org' })] })).toEqual(
      invalid('ds.queue-config.domain'),
    );
  });

  it('refuses a KeyPackage whose lifetime is not eight weeks from a Monday', async () => {
    const now = BigInt(Math.floor(ds.clock.now() / 1000));
    const lifetime = { notBefore: now - 3600n, notAfter: now + 3600n };
    expect(await submit({ add: [group.client({ lifetime })] })).toEqual(invalid('ds.add.lifetime'));
    const past = ds.clock.now() - 9 * 7 * 86_400_000;
    expect(
      await submit({ add: [group.client({ validFrom: past, lifetime: leafValidity(ds.clock.now()) })] }),
    ).toEqual(invalid('ds.leaf.credential'));
  });

  it('refuses a pseudonym that is present, listed as an admin, or taken twice', async () => {
    const { pseudonym } = group.member(0);
    expect(await submit({ add: [group.client({ pseudonym })] })).toEqual(invalid('ds.leaf.pseudonym'));
    const twin = group.client();
    expect(await submit({ add: [twin, group.client({ pseudonym: twin.pseudonym })] })).toEqual(
      invalid('ds.leaf.pseudonym'),
    );
  });

  it('refuses a GroupInfo update that is not signed, lacks external_pub, or carries keys or the tree', async () => {
    const add = [group.client()];
    const pub = externalPub(ds.crypto.random.bytes(32));
    const keys = { type: EXTENSION_GROUP_KEYS, data: new Uint8Array(96) };
    const tree = { type: ExtensionType.ratchetTree, data: new Uint8Array(1) };
    expect(await submit({ add, infoExtensions: [pub, keys] })).toEqual(invalid('ds.group-info.secrets'));
    expect(await submit({ add, infoExtensions: [pub, tree] })).toEqual(invalid('ds.group-info.secrets'));
    expect(await submit({ add, infoExtensions: [] })).toEqual(invalid('ds.group-info.external-pub'));
    const other = group.make({ add: [group.client()] }).input.groupInfoUpdate;
    expect(await submit({ add }, { groupInfoUpdate: other })).toEqual(invalid('mls.12.4.3-signature'));
  });

  it('refuses more members than the server allows', async () => {
    await group.add(7);
    expect(await submit({ add: [group.client()] })).toMatchObject({ ok: false });
    await group.remove([7]);
    expect(await submit({ add: [group.client(), group.client()] })).toMatchObject({ ok: false });
    expect(await submit({ add: [group.client()] })).toMatchObject({ ok: true });
  });

  it('refuses a commit that another leaf signed than the request', async () => {
    const [bob] = await group.add(1);
    const made = group.make({ committer: 0, add: [group.client()] });
    expect(await group.submitAdd(made, bob)).toEqual(invalid('ds.commit.sender'));
  });

  it('refuses what is no commit', async () => {
    const { groupInfo } = group.creation();
    expect(await submit({ add: [group.client()] }, { commit: groupInfo })).toEqual(
      invalid('mls.6-content-type'),
    );
    expect(await submit({ add: [group.client()] }, { commit: new Uint8Array(5) })).toEqual(
      refuse('BAD_REQUEST'),
    );
    expect(await submit({ add: [group.client()] }, { welcome: groupInfo })).toEqual(refuse('BAD_REQUEST'));
  });
});
