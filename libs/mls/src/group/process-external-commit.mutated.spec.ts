import { encode } from '@phoenix/wire';
import { commitCodec } from '../codec/commit.js';
import { type PublicMessage, publicMessageCodec } from '../codec/public-message.js';
import { CIPHER_SUITES } from '../crypto/cipher-suite.js';
import { countMutations, decoded, mutated } from '../testing/mutation.js';
import { pskOf } from '../testing/rule-cases/proposal.js';
import { someGroup } from '../testing/rule-cases/rule-case.js';
import { externalCommit, processExternal, signExternal } from '../testing/scripted-external-commit.js';
import { SeededBytes } from '../testing/seeded-bytes.js';
import { hasSameSignedParts, stateKeeper } from '../testing/unchanged.js';
import { checkTree } from '../validation/check-tree.js';

const MUTATIONS = 1_500;
const SIGNED_AGAIN = 1_000;

describe('mutated commits from outside', () => {
  const scripted = someGroup();
  const commits = [
    externalCommit(scripted),
    externalCommit(scripted, { replace: 3 }),
    externalCommit(scripted, { proposals: [{ type: 'proposal', proposal: pskOf() }] }),
  ];
  const checkState = stateKeeper(scripted);
  const attempt = (original: PublicMessage) => (bytes: Uint8Array) => {
    const message = decoded(publicMessageCodec, bytes);
    if (message === undefined) return undefined;
    return hasSameSignedParts(message, original) ? 'unsigned' : processExternal(scripted, message);
  };

  it('hold before they are mutated', () => {
    for (const { message } of commits) expect(processExternal(scripted, message)).toMatchObject({ ok: true });
  });

  it(`are refused, ${MUTATIONS} of them, by DecodeError or a rule, and leave the state as it is to the byte`, () => {
    const inputs = commits.map(({ message }) => ({
      bytes: encode(publicMessageCodec, message),
      attempt: attempt(message),
    }));
    const counts = countMutations(new SeededBytes(21), MUTATIONS, inputs, checkState);
    expect(counts.undecodable).toBeGreaterThan(MUTATIONS / 10);
    expect(counts.refused).toBeGreaterThan(MUTATIONS / 10);
  });

  it(`that the joiner signs again, ${SIGNED_AGAIN} of them, make a valid tree or none`, () => {
    const random = new SeededBytes(22);
    const rules = new Set<string>();
    for (let i = 0; i < SIGNED_AGAIN; i++) {
      const { message, signer } = random.pick(commits);
      const { body } = message.content;
      if (body.type !== 'commit') throw new Error('not a commit');
      const commit = decoded(commitCodec, mutated(random, encode(commitCodec, body.commit)));
      if (commit === undefined) continue;
      const result = processExternal(scripted, signExternal(scripted, signer, commit));
      if (!result.ok) rules.add(result.rule);
      else {
        const { tree, groupContext } = result.value.group;
        const hashed = { nodes: tree.nodes, hashOf: (node: number) => tree.hashAt(node) };
        const rule = checkTree(hashed, groupContext, CIPHER_SUITES.get(1)!, scripted.crypto);
        if (rule !== undefined) throw new Error(`mutation ${i} made a tree that breaks ${rule}`);
      }
      checkState();
    }
    expect(rules.size).toBeGreaterThan(4);
  });
});
