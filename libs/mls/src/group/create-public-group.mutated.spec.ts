import { decode, encode } from '@phoenix/wire';
import { groupInfoCodec } from '../codec/group-info.js';
import { countMutations, decoded, unlessRefused } from '../testing/mutation.js';
import { someGroup } from '../testing/rule-cases/rule-case.js';
import { SeededBytes } from '../testing/seeded-bytes.js';
import { stateKeeper } from '../testing/unchanged.js';
import { decodeRatchetTree, encodeRatchetTree } from '../tree/unverified-ratchet-tree.js';
import { createPublicGroup } from './create-public-group.js';
import { withGroupInfoUpdate } from './group-info-update.js';

const MUTATIONS = 1_000;

describe('mutated GroupInfos and ratchet trees', () => {
  const scripted = someGroup();
  const { crypto } = scripted;
  const signed = withGroupInfoUpdate(scripted.group, 3, scripted.groupInfoUpdate(3), crypto);
  if (!signed.ok) throw new Error(signed.rule);
  const info = encode(groupInfoCodec, signed.value.groupInfo!);
  const tree = encodeRatchetTree(scripted.group.tree);
  const create = (infoBytes: Uint8Array, treeBytes: Uint8Array) => {
    const groupInfo = decoded(groupInfoCodec, infoBytes);
    const unverified = unlessRefused(() => decodeRatchetTree(treeBytes, 64));
    if (groupInfo === undefined || unverified === undefined) return undefined;
    return createPublicGroup(groupInfo, unverified, { crypto, cipherSuites: [1] });
  };

  it('hold before they are mutated', () => {
    expect(create(info, tree)).toMatchObject({ ok: true });
    expect(decode(groupInfoCodec, info).signer).toBe(3);
  });

  it(`are refused, ${MUTATIONS} of them, by DecodeError or a rule, and leave the state as it is to the byte`, () => {
    const inputs = [
      { bytes: info, attempt: (bytes: Uint8Array) => create(bytes, tree) },
      { bytes: tree, attempt: (bytes: Uint8Array) => create(info, bytes) },
    ];
    const counts = countMutations(new SeededBytes(41), MUTATIONS, inputs, stateKeeper(scripted));
    expect(counts.undecodable).toBeGreaterThan(MUTATIONS / 10);
    expect(counts.refused).toBeGreaterThan(MUTATIONS / 10);
  });
});
