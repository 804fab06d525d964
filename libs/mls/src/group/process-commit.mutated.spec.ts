import { encode } from '@phoenix/wire';
import { commitCodec } from '../codec/commit.js';
import { type PublicMessage, publicMessageCodec } from '../codec/public-message.js';
import { CIPHER_SUITES } from '../crypto/cipher-suite.js';
import { countMutations, decoded, mutated } from '../testing/mutation.js';
import { someGroup } from '../testing/rule-cases/rule-case.js';
import { sampleCommits } from '../testing/sample-commits.js';
import { SeededBytes } from '../testing/seeded-bytes.js';
import { hasSameSignedParts, stateKeeper } from '../testing/unchanged.js';
import { checkTree } from '../validation/check-tree.js';

const MUTATIONS = 4_000;
const SIGNED_AGAIN = 3_000;

describe("mutated members' commits", () => {
  const scripted = someGroup();
  const { commits, proposals } = sampleCommits(scripted);
  const checkState = stateKeeper(scripted);
  const attempt = (original: PublicMessage) => (bytes: Uint8Array) => {
    const message = decoded(publicMessageCodec, bytes);
    if (message === undefined) return undefined;
    return hasSameSignedParts(message, original) ? 'unsigned' : scripted.process(message, proposals);
  };

  it('hold before they are mutated', () => {
    for (const commit of commits) expect(scripted.process(commit, proposals)).toMatchObject({ ok: true });
  });

  it(`are refused, ${MUTATIONS} of them, by DecodeError or a rule, and leave the state as it is to the byte`, () => {
    const inputs = commits.map((commit) => ({
      bytes: encode(publicMessageCodec, commit),
      attempt: attempt(commit),
    }));
    const counts = countMutations(new SeededBytes(11), MUTATIONS, inputs, checkState);
    expect(counts.undecodable).toBeGreaterThan(MUTATIONS / 10);
    expect(counts.refused).toBeGreaterThan(MUTATIONS / 10);
  });

  it(`that their member signs again, ${SIGNED_AGAIN} of them, make a valid tree or none`, () => {
    const random = new SeededBytes(12);
    const rules = new Set<string>();
    for (let i = 0; i < SIGNED_AGAIN; i++) {
      const { body, sender } = random.pick(commits).content;
      if (body.type !== 'commit' || sender.type !== 'member') throw new Error('not a commit of a member');
      const commit = decoded(commitCodec, mutated(random, encode(commitCodec, body.commit)));
      if (commit === undefined) continue;
      const result = scripted.process(scripted.sign(sender.leafIndex, commit), proposals);
      if (!result.ok) rules.add(result.rule);
      else {
        const { tree, groupContext } = result.value.group;
        const hashed = { nodes: tree.nodes, hashOf: (node: number) => tree.hashAt(node) };
        const rule = checkTree(hashed, groupContext, CIPHER_SUITES.get(1)!, scripted.crypto);
        if (rule !== undefined) throw new Error(`mutation ${i} made a tree that breaks ${rule}`);
      }
      checkState();
    }
    expect(rules.size).toBeGreaterThan(8);
  });
});
