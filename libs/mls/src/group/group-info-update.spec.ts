import { someGroup } from '../testing/rule-cases/rule-case.js';
import { externalPub } from '../testing/build-path.js';
import { withGroupInfoUpdate } from './group-info-update.js';

describe('withGroupInfoUpdate', () => {
  it("completes the new epoch's GroupInfo under the committer's leaf in the new tree", () => {
    const scripted = someGroup();
    scripted.apply({ committer: 2, newSigner: scripted.newSigningKey() });
    const update = scripted.groupInfoUpdate(2, scripted.group, [externalPub(new Uint8Array(32).fill(5))]);
    const updated = withGroupInfoUpdate(scripted.group, 2, update, scripted.crypto);
    if (!updated.ok) throw new Error(updated.rule);
    expect(updated.value.externalPub).toEqual(new Uint8Array(32).fill(5));
    expect(updated.value.groupInfo).toEqual({
      groupContext: scripted.group.groupContext,
      extensions: update.extensions,
      confirmationTag: scripted.group.confirmationTag,
      signer: 2,
      signature: update.signature,
    });
  });

  it('refuses one that is signed with the key of the old tree', () => {
    const scripted = someGroup();
    const message = scripted.commit({ committer: 2, newSigner: scripted.newSigningKey() });
    const staged = scripted.process(message);
    if (!staged.ok) throw new Error(staged.rule);
    const update = scripted.groupInfoUpdate(2, staged.value.group);
    expect(withGroupInfoUpdate(staged.value.group, 2, update, scripted.crypto)).toEqual({
      ok: false,
      rule: 'mls.12.4.3-signature',
    });
  });

  it("refuses one over another epoch's state", () => {
    const scripted = someGroup();
    const update = scripted.groupInfoUpdate(2);
    scripted.apply({ committer: 2 });
    expect(withGroupInfoUpdate(scripted.group, 2, update, scripted.crypto).ok).toBe(false);
  });
});
