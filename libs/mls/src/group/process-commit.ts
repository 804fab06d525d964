import type { Extension } from '../codec/extension.js';
import type { KeyPackage } from '../codec/key-package.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { Proposal } from '../codec/proposal.js';
import type { PublicMessage } from '../codec/public-message.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import type { Checked } from '../validation/checked.js';
import type { PublicGroup } from './public-group.js';

export interface CommitContext {
  readonly crypto: MlsCrypto;
  /** Seconds since 1970, for the lifetimes of added KeyPackages. */
  readonly now: number;
  readonly maxLeaves: number;
}

/** A commit that holds. It has changed nothing: the next epoch's state is `group`. */
export interface StagedCommit {
  readonly committer: number;
  readonly authenticatedData: Uint8Array;
  readonly proposals: readonly Proposal[];
  /** In the order of the Adds, with the leaf each took. */
  readonly added: readonly { readonly leafIndex: number; readonly keyPackage: KeyPackage }[];
  readonly removed: readonly { readonly leafIndex: number; readonly leaf: LeafNode }[];
  /** The committer's leaf before and after, if the commit has a path. */
  readonly path: { readonly before: LeafNode; readonly after: LeafNode } | undefined;
  /** The extensions of the GroupContextExtensions proposal, if there is one. */
  readonly groupContextExtensions: readonly Extension[] | undefined;
  readonly group: PublicGroup;
}

/** Checks a commit against the group's state and stages what it makes of it (RFC 9420 §12.4.2). */
export function processCommit(
  group: PublicGroup,
  message: PublicMessage,
  context: CommitContext,
): Checked<StagedCommit> {
  throw new Error('not yet');
}
