import {
  defaultKeyPackageEqualityConfig,
  joinGroupExternal,
  type CiphersuiteImpl,
  type ClientConfig,
  type ClientState,
  type LeafNode,
} from 'ts-mls';
import { decodeRatchetTree } from 'ts-mls/ratchetTree.js';
import { attempt } from './attempt.js';
import { decodeWhole, readMessage, writeMessage } from './mls-bytes.js';
import type { ExternalJoinRequest } from './mls-engine.js';
import { ownKeyPackage } from './own-key-package.js';

/** A leaf that a commit makes has none (RFC 9420 §7.2); ts-mls takes it from a KeyPackage that nobody sees. */
const NO_LIFETIME = { notBefore: 0n, notAfter: 0n };

/** The commit (MLSMessage) by which we join or come back, and the state that it leads to (RFC 9420 §12.4.3.2). */
export async function joinExternally(
  suite: CiphersuiteImpl,
  config: ClientConfig,
  request: ExternalJoinRequest,
): Promise<{ commit: Uint8Array; live: ClientState } | undefined> {
  const message = readMessage(request.groupInfo, 'mls_group_info');
  const tree = decodeWhole(decodeRatchetTree, request.ratchetTree);
  if (message === undefined || tree === undefined) return undefined;
  const former = request.resync && tree[2 * request.resync.leaf];
  if (request.resync && former?.nodeType !== 'leaf') return undefined;
  const replaced = former?.nodeType === 'leaf' ? former.leaf : undefined;
  const { publicPackage, privatePackage } = await ownKeyPackage(suite, request.ownLeaf, NO_LIFETIME, []);
  const joined = await attempt(() =>
    joinGroupExternal(
      message.groupInfo,
      publicPackage,
      privatePackage,
      replaced !== undefined,
      suite,
      tree,
      replacing(config, replaced),
      request.authenticatedData,
    ),
  );
  privatePackage.initPrivateKey.fill(0);
  privatePackage.hpkePrivateKey.fill(0);
  if (joined === undefined) {
    privatePackage.signaturePrivateKey.fill(0);
    return undefined;
  }
  const { publicMessage, newState } = joined;
  const commit = writeMessage({ wireformat: 'mls_public_message', publicMessage });
  return { commit, live: { ...newState, clientConfig: config } };
}

/** ts-mls looks for the leaf to replace by comparing keys, which are new ones here: it is shown the one that we mean. */
function replacing(config: ClientConfig, replaced: LeafNode | undefined): ClientConfig {
  const compareKeyPackageToLeafNode = (_: unknown, leaf: LeafNode) => leaf === replaced;
  return {
    ...config,
    keyPackageEqualityConfig: { ...defaultKeyPackageEqualityConfig, compareKeyPackageToLeafNode },
  };
}
