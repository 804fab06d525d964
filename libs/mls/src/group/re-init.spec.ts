import { utf8 } from '@phoenix/wire';
import type { Proposal } from '../codec/proposal.js';
import { someGroup } from '../testing/rule-cases/rule-case.js';
import { externalCommit, processExternal } from '../testing/scripted-external-commit.js';
import { propose, verify } from '../testing/scripted-proposal.js';
import { checkApplicationMessage } from './check-application-message.js';
import { withGroupInfoUpdate } from './group-info-update.js';
import { decodePublicGroup, encodePublicGroup } from './snapshot.js';

const reInit = { groupId: utf8('next'), version: 7, cipherSuite: 0xffff, extensions: [] };
const proposal: Proposal = { type: 'reinit', reInit };

describe('a group that a ReInit has ended', () => {
  const scripted = someGroup();
  const refused = { ok: false, rule: 'mls.12.4.2-reinit' };
  scripted.apply({ committer: 2, proposals: [proposal], path: false });

  it('says what is to follow it, in a version and suite that are unknown here', () => {
    expect(scripted.group.reInit).toEqual(reInit);
  });

  it('takes no more commits, proposals, joiners or messages', () => {
    expect(scripted.process(scripted.commit({ committer: 3 }))).toEqual(refused);
    expect(verify(scripted, propose(scripted, 3, { type: 'remove', removed: 4 }))).toEqual(refused);
    expect(processExternal(scripted, externalCommit(scripted).message)).toEqual(refused);
    const { groupId, epoch } = scripted.group;
    const empty = new Uint8Array(0);
    const message = {
      groupId,
      epoch,
      authenticatedData: empty,
      encryptedSenderData: empty,
      ciphertext: empty,
    };
    expect(checkApplicationMessage({ ...message, contentType: 'application' }, scripted.group)).toEqual(
      refused,
    );
  });

  it('stays ended with its GroupInfo and in storage', () => {
    const signed = withGroupInfoUpdate(scripted.group, 2, scripted.groupInfoUpdate(2), scripted.crypto);
    if (!signed.ok) throw new Error(signed.rule);
    expect(decodePublicGroup(encodePublicGroup(signed.value)).reInit).toEqual(reInit);
  });
});
