import type { Extension } from '../codec/extension.js';
import type { GroupContext } from '../codec/group-context.js';
import type { GroupInfo } from '../codec/group-info.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { RatchetTree } from '../tree/ratchet-tree.js';

/** What of a GroupInfo does not follow from the commits: set by whoever signed it. */
export interface GroupInfoParts {
  readonly extensions: readonly Extension[];
  readonly signer: number;
  readonly signature: Uint8Array;
}

/** The public state of a group in one epoch. Immutable. */
export declare class PublicGroup {
  readonly groupContext: GroupContext;
  readonly tree: RatchetTree;
  readonly confirmationTag: Uint8Array;
  readonly interimTranscriptHash: Uint8Array;
  /** Undefined after a commit, until `withGroupInfoUpdate`. */
  readonly groupInfoParts: GroupInfoParts | undefined;
  get groupId(): Uint8Array;
  get epoch(): bigint;
  get cipherSuite(): number;
  get confirmedTranscriptHash(): Uint8Array;
  leaf(leafIndex: number): LeafNode | undefined;
  /** Occupied leaves in order. */
  members(): { leafIndex: number; leaf: LeafNode }[];
  /** The GroupInfo of this epoch, as signed. */
  get groupInfo(): GroupInfo | undefined;
  /** The KEM key for external commits, from the GroupInfo's external_pub. */
  get externalPub(): Uint8Array | undefined;
}
