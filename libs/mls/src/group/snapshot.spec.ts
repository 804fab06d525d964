import { DecodeError } from '@phoenix/wire';
import { someGroup } from '../testing/rule-cases/rule-case.js';
import { SeededBytes } from '../testing/seeded-bytes.js';
import { encodeRatchetTree } from '../tree/unverified-ratchet-tree.js';
import { withGroupInfoUpdate } from './group-info-update.js';
import { processCommit } from './process-commit.js';
import { decodePublicGroup, encodePublicGroup } from './snapshot.js';

describe('the snapshot of a group', () => {
  const scripted = someGroup();
  const signed = withGroupInfoUpdate(scripted.group, 3, scripted.groupInfoUpdate(3), scripted.crypto);

  it('brings back the same group, with its GroupInfo or without', () => {
    if (!signed.ok) throw new Error(signed.rule);
    for (const group of [scripted.group, signed.value]) {
      const again = decodePublicGroup(encodePublicGroup(group));
      expect(again.groupInfo).toEqual(group.groupInfo);
      expect(again.groupContext).toEqual(group.groupContext);
      expect(again.interimTranscriptHash).toEqual(group.interimTranscriptHash);
      expect(again.members()).toEqual(group.members());
      expect(encodeRatchetTree(again.tree)).toEqual(encodeRatchetTree(group.tree));
      expect(encodePublicGroup(again)).toEqual(encodePublicGroup(group));
    }
  });

  it('leads to the same next epoch as the group itself', () => {
    const message = scripted.commit({ committer: 4, remove: [0] });
    const context = { crypto: scripted.crypto, now: scripted.now, maxLeaves: 64 };
    const [direct, stored] = [scripted.group, decodePublicGroup(encodePublicGroup(scripted.group))].map(
      (group) => processCommit(group, message, context),
    );
    if (!direct!.ok || !stored!.ok) throw new Error('refused');
    expect(encodePublicGroup(stored!.value.group)).toEqual(encodePublicGroup(direct!.value.group));
  });

  it('is refused with DecodeError, and nothing else, when cut or of another version', () => {
    const bytes = encodePublicGroup(scripted.group);
    const random = new SeededBytes(5);
    for (let i = 0; i < 300; i++) {
      expect(() => decodePublicGroup(bytes.slice(0, random.below(bytes.length)))).toThrow(DecodeError);
    }
    const other = bytes.slice();
    other[3]! ^= 1;
    expect(() => decodePublicGroup(other)).toThrow(DecodeError);
  });
});
