import { equal } from '@phoenix/wire';
import type { GroupContext } from '../codec/group-context.js';
import type { GroupInfo } from '../codec/group-info.js';
import { CIPHER_SUITES, type CipherSuite } from '../crypto/cipher-suite.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import { HashCache } from '../tree/hash-cache.js';
import { RatchetTree } from '../tree/ratchet-tree.js';
import { root } from '../tree/tree-math.js';
import type { UnverifiedRatchetTree } from '../tree/unverified-ratchet-tree.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import { checkContextExtensions } from '../validation/check-extensions.js';
import { checkGroupInfo } from '../validation/check-group-info.js';
import { checkTree } from '../validation/check-tree.js';
import type { RuleId } from '../validation/rules.js';
import { PublicGroup } from './public-group.js';
import { interimTranscriptHash } from './transcript-hash.js';

/** What a new group is checked against. */
export interface CreationContext {
  readonly crypto: MlsCrypto;
  /** The suites that are accepted; `crypto` speaks all of them. */
  readonly cipherSuites: readonly number[];
}

/** The state that a GroupInfo and its tree describe, if all of it holds that needs no secret (RFC 9420 §12.4.3.1). */
export function createPublicGroup(
  groupInfo: GroupInfo,
  tree: UnverifiedRatchetTree,
  { crypto, cipherSuites }: CreationContext,
): Checked<PublicGroup> {
  const { groupContext, confirmationTag, extensions, signer, signature } = groupInfo;
  const suite = CIPHER_SUITES.get(groupContext.cipherSuite);
  if (suite === undefined || !cipherSuites.includes(suite.id)) return refuse('mls.8.1-cipher-suite');
  const { nodes } = tree;
  const hashes = new HashCache(crypto, suite.hashLength, nodes.length);
  const hashOf = (node: number): Uint8Array => hashes.of(nodes, node);

  const rule =
    checkContext(groupContext, suite, hashOf(root((nodes.length + 1) >> 1))) ??
    checkGroupInfo(groupInfo, nodes[2 * signer]?.leaf, suite, crypto) ??
    checkTree({ nodes, hashOf }, groupContext, suite, crypto);
  if (rule !== undefined) return refuse(rule);
  return accept(
    new PublicGroup({
      groupContext,
      tree: new RatchetTree(nodes, hashes.block(nodes)),
      confirmationTag,
      interimTranscriptHash: interimTranscriptHash(
        crypto,
        groupContext.confirmedTranscriptHash,
        confirmationTag,
      ),
      groupInfoParts: { extensions, signer, signature },
      reInit: undefined,
    }),
  );
}

function checkContext(context: GroupContext, suite: CipherSuite, treeHash: Uint8Array): RuleId | undefined {
  const transcriptLength = context.epoch === 0n ? 0 : suite.hashLength;
  if (context.confirmedTranscriptHash.length !== transcriptLength) return 'mls.8.2-transcript-hash';
  if (!equal(context.treeHash, treeHash)) return 'mls.12.4.3.1-tree-hash';
  return checkContextExtensions(context.extensions, suite);
}
