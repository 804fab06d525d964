import { keyPackageCodec, type Proposal } from '@phoenix/mls';
import { decode, utf8 } from '@phoenix/wire';
import { LIFETIME, MlsParty, NOW_MS, propose, stage } from '../testing/mls/mls-party.js';
import type { MlsGroup } from './mls-group.js';

const NONE = new Uint8Array();

async function threeOf(seed: number) {
  const party = await MlsParty.of(seed);
  const [alice, bob, carol] = await party.conversation('alice', 'bob', 'carol');
  return { party, alice: alice!, bob: bob!, carol: carol! };
}

describe('a proposal that is none', () => {
  const refused = async (group: MlsGroup, ...proposals: Uint8Array[]) => {
    const before = await group.serialize();
    for (const proposal of proposals) expect(await group.processProposal(proposal, NOW_MS)).toBe('refused');
    expect(await group.serialize()).toEqual(before);
  };

  it('is not taken from strangers', async () => {
    const { party, alice } = await threeOf(81);
    const remove = { type: 'remove', removed: 1 } as const;
    const { signatureKeys: keys } = party.leaf('a stranger');
    const { service } = party;
    await refused(
      alice,
      service.propose(alice, remove, { keys }),
      service.propose(alice, remove, { sender: { type: 'external', senderIndex: 1 } }),
      service.propose(alice, remove, { sender: { type: 'member', leafIndex: 1 }, keys }),
      service.propose(alice, remove, { sender: { type: 'new_member_proposal' }, keys }),
      service.propose(alice, remove, { sender: { type: 'new_member_commit' }, keys }),
    );
  });

  it('is not taken from a member about another, without its membership tag, or about nobody', async () => {
    const party = await MlsParty.of(82);
    const leaf = party.pseudonymous('mallory');
    const [alice] = await party.conversation('alice', 'bob');
    const keys = await party.keyPackage('mallory', false, leaf);
    await party.commit(alice!, [], { add: [keys.keyPackage] });
    const sender = { type: 'member', leafIndex: 2 } as const;
    const by = { sender, keys: leaf.signatureKeys };
    await refused(
      alice!,
      party.service.propose(alice!, { type: 'remove', removed: 1 }, by),
      party.service.propose(alice!, { type: 'remove', removed: 2 }, by),
      party.service.remove(alice!, 3),
      party.service.remove(alice!, 2 ** 31),
    );
  });

  it('is not taken where it is more than a Remove, even from the delivery service', async () => {
    const { party, alice } = await threeOf(83);
    const add = decode(keyPackageCodec, (await party.keyPackage('dave')).keyPackage);
    const others: Proposal[] = [
      { type: 'add', keyPackage: add },
      { type: 'group_context_extensions', extensions: [] },
      { type: 'psk', psk: { type: 'external', pskId: utf8('a psk'), nonce: new Uint8Array(32) } },
    ];
    await refused(alice, ...others.map((proposal) => party.service.propose(alice, proposal)));
  });

  it('is not taken when a bit of it is another, its membership tag included', async () => {
    const { party, alice, bob } = await threeOf(87);
    for (const proposal of [await bob.proposeSelfRemove(NONE), party.service.remove(alice, 2)]) {
      const before = await alice.serialize();
      for (let i = 0; i < 200; i++) {
        const bent = proposal.slice();
        bent[party.random.below(bent.length)]! ^= 1 << party.random.below(8);
        expect(await alice.processProposal(bent, NOW_MS)).toMatch(/^(refused|past|future)$/);
      }
      const last = proposal.slice();
      last[last.length - 1]! ^= 1;
      expect(await alice.processProposal(last, NOW_MS)).toBe('refused');
      expect(await alice.serialize()).toEqual(before);
      expect(await alice.processProposal(proposal, NOW_MS)).toBe('stored');
    }
  });

  it('is not taken twice in two wordings, from another group or a later epoch, cut short or grown', async () => {
    const { party, alice, bob } = await threeOf(84);
    const proposal = party.service.remove(alice, 2);
    const other = await party.engine.createGroup({
      ...party.leaf('alice'),
      groupId: utf8('another'),
      lifetime: LIFETIME,
      extensions: [party.service.extension],
    });
    const elsewhere = party.service.remove(other, 0);
    const future = party.service.propose(alice, { type: 'remove', removed: 2 }, { epoch: 9n });
    expect(await alice.processProposal(future, NOW_MS)).toBe('future');
    await refused(
      alice,
      elsewhere,
      new Uint8Array(),
      Uint8Array.of(...proposal, 0),
      ...Array.from({ length: proposal.length }, (_, length) => proposal.subarray(0, length)),
      await bob.encrypt(utf8('a message'), NONE),
      (await stage(bob, {})).commit,
    );
    await propose([alice], proposal);
    const reworded = party.service.propose(
      alice,
      { type: 'remove', removed: 2 },
      { authenticatedData: utf8('once more') },
    );
    await refused(alice, reworded);
    expect(await bob.processCommit(proposal, NOW_MS)).toMatchObject({
      kind: 'refused',
      undecryptable: false,
    });
  });

  it('of four mebibytes and more is not even read', async () => {
    const { party, alice } = await threeOf(85);
    const authenticatedData = new Uint8Array(4 * 1_024 * 1_024);
    const huge = party.service.propose(alice, { type: 'remove', removed: 2 }, { authenticatedData });
    await refused(alice, huge);
  });

  it('names nothing that a commit could take: one by an unknown reference is refused', async () => {
    const { party, alice, bob, carol } = await threeOf(86);
    await propose([alice], party.service.remove(alice, 2));
    const { commit } = await stage(alice, { commitPending: true });
    for (const group of [bob, carol])
      expect(await group.processCommit(commit, NOW_MS)).toEqual({ kind: 'refused', undecryptable: false });
    await propose([bob, carol], alice.pendingProposals()[0]!.message);
    expect(await bob.processCommit(commit, NOW_MS)).toMatchObject({ kind: 'applied' });
  });
});
