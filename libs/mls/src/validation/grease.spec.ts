import { decode, encode } from '@phoenix/wire';
import { commitCodec } from '../codec/commit.js';
import { externalPub } from '../testing/build-path.js';
import { CAPABILITIES } from '../testing/build-leaf-node.js';
import { someGroup } from '../testing/rule-cases/rule-case.js';
import { withGroupInfoUpdate } from '../group/group-info-update.js';

/** All values of RFC 9420 §13.5, and one of the private range that looks alike. */
const GREASE = Array.from({ length: 16 }, (_, i) => i * 0x1010 + 0x0a0a);
const extensions = GREASE.map((type) => ({ type, data: new Uint8Array([1, 2, 3]) }));
const capabilities = {
  versions: [0x0a0a, 1],
  cipherSuites: [...GREASE, 1],
  extensions: [...CAPABILITIES.extensions, ...GREASE],
  proposals: GREASE,
  credentials: [...GREASE, 1],
};

describe('GREASE values', () => {
  it('are what RFC 9420 §13.5 lists', () => {
    expect(GREASE[0]).toBe(0x0a0a);
    expect(GREASE[14]).toBe(0xeaea);
  });

  it('are carried wherever a KeyPackage and its leaf may have them', () => {
    const scripted = someGroup();
    const { keyPackage } = scripted.keyPackage({ capabilities, extensions, leafExtensions: extensions });
    const { added } = scripted.apply({ committer: 2, add: [keyPackage] });
    expect(added[0]!.keyPackage).toEqual(keyPackage);
    expect(scripted.group.leaf(added[0]!.leafIndex)).toEqual(keyPackage.leafNode);
  });

  it('are carried in a GroupInfo', () => {
    const scripted = someGroup();
    const all = [...extensions, externalPub(new Uint8Array(32))];
    const update = scripted.groupInfoUpdate(2, scripted.group, all);
    const updated = withGroupInfoUpdate(scripted.group, 2, update, scripted.crypto);
    expect(updated).toMatchObject({ ok: true, value: { groupInfoParts: { extensions: all } } });
  });

  it('have no place among the GroupContext extensions of a group that does not support them', () => {
    const scripted = someGroup();
    const message = scripted.commit({ committer: 2, extensions: extensions.slice(0, 1) });
    expect(scripted.process(message)).toEqual({ ok: false, rule: 'mls.13.4-context-extensions' });
  });

  it.each(GREASE)('make a proposal of type %i a refusal, read and written as it was', (proposalType) => {
    const scripted = someGroup();
    const unknown = { type: 'unknown', proposalType, rest: new Uint8Array([9, 9]) } as const;
    const commit = {
      proposals: [{ type: 'proposal', proposal: { type: 'remove', removed: 4 } } as const, unknown],
      path: undefined,
    };
    expect(decode(commitCodec, encode(commitCodec, commit))).toEqual(commit);
    expect(scripted.process(scripted.sign(2, commit))).toEqual({ ok: false, rule: 'mls.12.2-proposal-type' });
  });
});
