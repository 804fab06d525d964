import { extensionValue } from '../codec/extension-value.js';
import { type Extension, ExtensionType } from '../codec/extension.js';
import { externalPubCodec } from '../codec/external-pub.js';
import type { GroupContext } from '../codec/group-context.js';
import type { GroupInfo } from '../codec/group-info.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { ReInit } from '../codec/re-init.js';
import type { RatchetTree } from '../tree/ratchet-tree.js';

/** What of a GroupInfo does not follow from the commits: its signer's own additions. */
export interface GroupInfoParts {
  readonly extensions: Extension[];
  readonly signer: number;
  readonly signature: Uint8Array;
}

/** What a PublicGroup consists of. */
export interface PublicGroupState {
  readonly groupContext: GroupContext;
  readonly tree: RatchetTree;
  readonly confirmationTag: Uint8Array;
  readonly interimTranscriptHash: Uint8Array;
  readonly groupInfoParts: GroupInfoParts | undefined;
  readonly reInit: ReInit | undefined;
}

/** A member: an occupied leaf and its place. */
export interface Member {
  readonly leafIndex: number;
  readonly leaf: LeafNode;
}

/**
 * A group in one epoch, as far as it can be known without secrets. Immutable: a commit makes another, and shares what
 * it did not change. Made by `createPublicGroup`, `processCommit` and `decodePublicGroup` only.
 */
export class PublicGroup {
  readonly groupContext: GroupContext;
  readonly tree: RatchetTree;
  readonly confirmationTag: Uint8Array;
  readonly interimTranscriptHash: Uint8Array;
  /** Undefined after a commit, until `withGroupInfoUpdate`. */
  readonly groupInfoParts: GroupInfoParts | undefined;
  /** What is to follow this group, once a commit has ended it: it takes no more messages (RFC 9420 §12.4.2). */
  readonly reInit: ReInit | undefined;

  /** @internal */
  constructor(state: PublicGroupState) {
    this.groupContext = state.groupContext;
    this.tree = state.tree;
    this.confirmationTag = state.confirmationTag;
    this.interimTranscriptHash = state.interimTranscriptHash;
    this.groupInfoParts = state.groupInfoParts;
    this.reInit = state.reInit;
  }

  get groupId(): Uint8Array {
    return this.groupContext.groupId;
  }

  get epoch(): bigint {
    return this.groupContext.epoch;
  }

  get cipherSuite(): number {
    return this.groupContext.cipherSuite;
  }

  get confirmedTranscriptHash(): Uint8Array {
    return this.groupContext.confirmedTranscriptHash;
  }

  /** The leaf at that place; undefined where it is blank or outside the tree. */
  leaf(leafIndex: number): LeafNode | undefined {
    return this.tree.leaf(leafIndex);
  }

  /** The members in the order of their leaves. It decodes every leaf: ask for one where one is enough. */
  members(): Member[] {
    const members: Member[] = [];
    for (let leafIndex = 0; leafIndex < this.tree.leafCount; leafIndex++) {
      const leaf = this.tree.leaf(leafIndex);
      if (leaf !== undefined) members.push({ leafIndex, leaf });
    }
    return members;
  }

  /** This epoch's GroupInfo as its signer signed it; undefined while its parts are. */
  get groupInfo(): GroupInfo | undefined {
    const { groupContext, confirmationTag, groupInfoParts } = this;
    return groupInfoParts && { groupContext, confirmationTag, ...groupInfoParts };
  }

  /** The key that external commits are made to (RFC 9420 §12.4.3.2); undefined unless the GroupInfo gives it. */
  get externalPub(): Uint8Array | undefined {
    const pub = extensionValue(
      this.groupInfoParts?.extensions ?? [],
      ExtensionType.externalPub,
      externalPubCodec,
    );
    return pub.state === 'value' ? pub.value.externalPub : undefined;
  }
}
