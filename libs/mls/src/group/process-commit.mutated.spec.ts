import { type Codec, concat, decode, DecodeError, encode } from '@phoenix/wire';
import { commitCodec } from '../codec/commit.js';
import { type PublicMessage, publicMessageCodec } from '../codec/public-message.js';
import { nodeMlsCrypto } from '../testing/node-mls-crypto.js';
import { someGroup } from '../testing/rule-cases/rule-case.js';
import type { ScriptedGroup } from '../testing/scripted-group.js';
import { SeededBytes } from '../testing/seeded-bytes.js';
import { checkTree } from '../validation/check-tree.js';
import { RULES } from '../validation/rules.js';
import { CIPHER_SUITES } from '../crypto/cipher-suite.js';
import { encodePublicGroup } from './snapshot.js';

const MUTATIONS = 4_000;
const crypto = nodeMlsCrypto();

/** One small damage: a bit, a byte, a piece left out, repeated, or moved. */
function mutated(random: SeededBytes, bytes: Uint8Array): Uint8Array {
  const at = random.below(bytes.length);
  const kind = random.below(5);
  const copy = bytes.slice();
  if (kind === 0) copy[at]! ^= 1 << random.below(8);
  if (kind === 1) copy[at] = random.below(256);
  const length = 1 + random.below(40);
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
  if (kind === 2) return concat(head, tail.subarray(length));
  if (kind === 3) return concat(head, tail.subarray(0, length), tail);
  if (kind === 4) copy.copyWithin(at, random.below(bytes.length), random.below(bytes.length));
  return copy;
}

function decoded<T>(codec: Codec<T>, bytes: Uint8Array): T | undefined {
  try {
    return decode(codec, bytes);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** Commits of every kind by several members. */
function commitsOf(scripted: ScriptedGroup): PublicMessage[] {
  const fresh = () => scripted.keyPackage().keyPackage;
  return [
    scripted.commit({ committer: 2 }),
    scripted.commit({ committer: 6, remove: [0, 3] }),
    scripted.commit({ committer: 3, add: [fresh(), fresh()], path: false }),
    scripted.commit({ committer: 4, add: [fresh()], remove: [1] }),
    scripted.commit({ committer: 1, extensions: [{ type: 0xf0a0, data: new Uint8Array(40) }] }),
    scripted.commit({ committer: 2, newSigner: scripted.newSigningKey() }),
  ];
}

describe('mutated commits', () => {
  const scripted = someGroup();
  const state = encodePublicGroup(scripted.group);
  const commits = commitsOf(scripted);
  const unchanged = (): boolean => Buffer.compare(encodePublicGroup(scripted.group), state) === 0;

  it('hold before they are mutated', () => {
    for (const commit of commits) expect(scripted.process(commit)).toMatchObject({ ok: true });
  });

  it(`are refused with a rule or DecodeError, ${MUTATIONS} of them, and leave the state as it is to the byte`, () => {
    const random = new SeededBytes(11);
    const outcomes = { undecodable: 0, refused: 0, tagsOnly: 0 };
    for (let i = 0; i < MUTATIONS; i++) {
      const original = random.pick(commits);
      const message = decoded(publicMessageCodec, mutated(random, encode(publicMessageCodec, original)));
      if (message === undefined) outcomes.undecodable++;
      else if (hasSameSignedParts(message, original)) outcomes.tagsOnly++;
      else {
        const result = scripted.process(message);
        if (result.ok) throw new Error(`mutation ${i} was accepted`);
        if (!(result.rule in RULES)) throw new Error(`mutation ${i} broke no known rule`);
        outcomes.refused++;
      }
      if (!unchanged()) throw new Error(`mutation ${i} changed the state`);
    }
    expect(outcomes.undecodable).toBeGreaterThan(MUTATIONS / 10);
    expect(outcomes.refused).toBeGreaterThan(MUTATIONS / 10);
  });

  it(`that their member signs again, ${MUTATIONS} of them, make a valid tree or none`, () => {
    const random = new SeededBytes(12);
    const rules = new Set<string>();
    for (let i = 0; i < MUTATIONS; i++) {
      const { body, sender } = random.pick(commits).content;
      if (body.type !== 'commit' || sender.type !== 'member') throw new Error('not a commit of a member');
      const commit = decoded(commitCodec, mutated(random, encode(commitCodec, body.commit)));
      if (commit === undefined) continue;
      const result = scripted.process(scripted.sign(sender.leafIndex, commit));
      if (!result.ok) rules.add(result.rule);
      else {
        const { tree, groupContext } = result.value.group;
        const hashed = { nodes: tree.nodes, hashOf: (node: number) => tree.hashAt(node) };
        const rule = checkTree(hashed, groupContext, CIPHER_SUITES.get(1)!, crypto);
        if (rule !== undefined) throw new Error(`mutation ${i} made a tree that breaks ${rule}`);
      }
      if (!unchanged()) throw new Error(`mutation ${i} changed the state`);
    }
    expect(rules.size).toBeGreaterThan(8);
  });
});

/** Only members can judge the two tags: they are outside of what is signed (RFC 9420 §6.1, §6.2). */
function hasSameSignedParts(message: PublicMessage, original: PublicMessage): boolean {
  const signed = ({ content, auth }: PublicMessage): Uint8Array =>
    encode(publicMessageCodec, {
      content,
      auth: { ...auth, confirmationTag: new Uint8Array(0) },
      membershipTag: undefined,
    });
  return Buffer.compare(signed(message), signed(original)) === 0;
}
