import { encode } from '@phoenix/wire';
import { authenticatedContentCodec } from '../codec/authenticated-content.js';
import { WireFormat } from '../codec/wire-format.js';
import { proposalRef } from '../crypto/ref-hash.js';
import { fromOutside, groupWithOutsider } from '../testing/rule-cases/proposal.js';
import { someGroup } from '../testing/rule-cases/rule-case.js';
import type { ScriptedGroup } from '../testing/scripted-group.js';
import { propose, stored, update, verify } from '../testing/scripted-proposal.js';
import { decodeStoredProposal, encodeStoredProposal, type StoredProposal } from './stored-proposal.js';

const rulesOf = (scripted: ScriptedGroup, references: StoredProposal[]) => {
  const message = scripted.commit({ committer: 2, references });
  return scripted.process(message, references);
};

describe('verifyProposal', () => {
  it('names a proposal by the hash of its AuthenticatedContent', () => {
    const scripted = someGroup();
    const message = propose(scripted, 3, { type: 'remove', removed: 4 });
    const { content, auth } = message;
    const bytes = encode(authenticatedContentCodec, { wireFormat: WireFormat.publicMessage, content, auth });
    expect(stored(scripted, message)).toEqual({
      ref: proposalRef(scripted.crypto, bytes),
      epoch: scripted.group.epoch,
      sender: { type: 'member', leafIndex: 3 },
      authenticatedData: new Uint8Array(0),
      proposal: { type: 'remove', removed: 4 },
    });
  });

  it('refuses what is no proposal, of another epoch, signed by another, or without a membership tag', () => {
    const scripted = someGroup();
    const remove = { type: 'remove', removed: 4 } as const;
    const message = propose(scripted, 3, remove);
    const refused = (rule: string) => ({ ok: false, rule });
    expect(verify(scripted, scripted.commit({ committer: 2 }))).toEqual(refused('mls.6-content-type'));
    const forged = propose(scripted, 3, remove, scripted.signers.get(4));
    expect(verify(scripted, forged)).toEqual(refused('mls.6.1-signature'));
    const untagged = { ...message, membershipTag: new Uint8Array(0) };
    expect(verify(scripted, untagged)).toEqual(refused('mls.6.2-membership-tag'));
    const gone = propose(scripted, 5, remove, scripted.signers.get(4));
    expect(verify(scripted, gone)).toEqual(refused('mls.6-sender'));
    const joiner = propose(scripted, { type: 'new_member_commit' }, remove, scripted.signers.get(4));
    expect(verify(scripted, joiner)).toEqual(refused('mls.6-sender'));
    scripted.apply({ committer: 2 });
    expect(verify(scripted, message)).toEqual(refused('mls.6-epoch'));
  });

  it('refuses an Update in another place than the one it was signed for', () => {
    const scripted = someGroup();
    const message = propose(scripted, 3, update(scripted, 4));
    expect(verify(scripted, message)).toEqual({ ok: false, rule: 'mls.7.3-signature' });
  });

  it('refuses an Add whose newcomer did not sign it itself', () => {
    const scripted = someGroup();
    const { keyPackage } = scripted.keyPackage();
    const message = propose(
      scripted,
      { type: 'new_member_proposal' },
      { type: 'add', keyPackage },
      scripted.signers.get(4),
    );
    expect(verify(scripted, message)).toEqual({ ok: false, rule: 'mls.6.1-signature' });
  });

  it('knows no outsider where the group lists none', () => {
    const scripted = someGroup();
    const message = fromOutside(scripted, { type: 'remove', removed: 4 });
    expect(verify(scripted, message)).toEqual({ ok: false, rule: 'mls.6-external-sender' });
  });
});

describe('a stored proposal', () => {
  it('is committed by reference, whoever sent it', () => {
    const scripted = groupWithOutsider();
    const { keyPackage, signer } = scripted.keyPackage();
    const references = [
      stored(scripted, propose(scripted, 6, update(scripted, 6))),
      stored(scripted, propose(scripted, 4, { type: 'remove', removed: 4 })),
      stored(scripted, fromOutside(scripted, { type: 'remove', removed: 3 })),
      stored(
        scripted,
        propose(scripted, { type: 'new_member_proposal' }, { type: 'add', keyPackage }, signer),
      ),
    ];
    const before = scripted.group.leaf(6);
    const staged = scripted.apply({ committer: 2, references });
    expect(staged.references).toEqual(references.map(({ ref }) => ref));
    expect(staged.updated).toEqual([{ leafIndex: 6, before, after: scripted.group.leaf(6) }]);
    expect(staged.removed.map(({ leafIndex }) => leafIndex)).toEqual([4, 3]);
    expect(staged.added).toEqual([{ leafIndex: 3, keyPackage }]);
    expect(staged.group.leaf(6)?.source.type).toBe('update');
  });

  it('is good for its epoch only', () => {
    const scripted = someGroup();
    const old = stored(scripted, propose(scripted, 3, { type: 'remove', removed: 4 }));
    scripted.apply({ committer: 2 });
    expect(rulesOf(scripted, [old])).toEqual({ ok: false, rule: 'mls.12.4-reference' });
  });

  it('cannot remove the one who commits it, nor a member twice', () => {
    const scripted = someGroup();
    const own = stored(scripted, propose(scripted, 2, { type: 'remove', removed: 2 }));
    expect(rulesOf(scripted, [own])).toEqual({ ok: false, rule: 'mls.12.2-remove-committer' });
    const twice = [3, 4].map((leaf) =>
      stored(scripted, propose(scripted, leaf, { type: 'remove', removed: 6 })),
    );
    expect(rulesOf(scripted, twice)).toEqual({ ok: false, rule: 'mls.12.2-same-leaf' });
    const both = [
      stored(scripted, propose(scripted, 6, update(scripted, 6))),
      stored(scripted, propose(scripted, 4, { type: 'remove', removed: 6 })),
    ];
    expect(rulesOf(scripted, both)).toEqual({ ok: false, rule: 'mls.12.2-same-leaf' });
  });

  it("cannot bring another member's keys into a leaf", () => {
    const scripted = someGroup();
    const { encryptionKey } = scripted.group.leaf(4)!;
    const taken = stored(scripted, propose(scripted, 6, update(scripted, 6, { encryptionKey })));
    expect(rulesOf(scripted, [taken])).toEqual({ ok: false, rule: 'mls.7.3-encryption-key-unique' });
    const shared = new Uint8Array(32).fill(3);
    const equal = [4, 6].map((leaf) =>
      stored(scripted, propose(scripted, leaf, update(scripted, leaf, { encryptionKey: shared }))),
    );
    expect(rulesOf(scripted, equal)).toEqual({ ok: false, rule: 'mls.7.3-encryption-key-unique' });
  });

  it('is the same after it was in a store', () => {
    const scripted = someGroup();
    const proposal = stored(scripted, propose(scripted, 6, update(scripted, 6)));
    expect(decodeStoredProposal(encodeStoredProposal(proposal))).toEqual(proposal);
  });

  it('is a type of its own, which nothing but the check and the store make', () => {
    const scripted = someGroup();
    const { ...fields } = stored(scripted, propose(scripted, 3, { type: 'remove', removed: 4 }));
    const { ref, epoch, sender, authenticatedData, proposal } = fields;
    // @ts-expect-error what was put together has not been verified
    const unchecked: StoredProposal = { ref, epoch, sender, authenticatedData, proposal };
    expect(unchecked).toEqual(fields);
  });
});
