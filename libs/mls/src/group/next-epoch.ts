import type { Extension } from '../codec/extension.js';
import type { FramedBytes } from '../codec/framed-bytes.js';
import type { ReInit } from '../codec/re-init.js';
import type { MlsCrypto } from '../crypto/mls-crypto.js';
import type { RatchetTree } from '../tree/ratchet-tree.js';
import { PublicGroup } from './public-group.js';
import { confirmedTranscriptHash, interimTranscriptHash } from './transcript-hash.js';

/** What of a commit goes into the transcript. */
export interface CommitTranscript {
  readonly bytes: FramedBytes;
  readonly signature: Uint8Array;
  readonly confirmationTag: Uint8Array;
}

/** What a commit made of the group. */
export interface CommitResult {
  readonly tree: RatchetTree;
  readonly extensions: Extension[];
  readonly reInit: ReInit | undefined;
}

/** The group of the epoch that a commit begins (RFC 9420 §12.4.2, §8.2). */
export function nextEpoch(
  { groupContext, interimTranscriptHash: before }: PublicGroup,
  { bytes, signature, confirmationTag }: CommitTranscript,
  { tree, extensions, reInit }: CommitResult,
  crypto: MlsCrypto,
): PublicGroup {
  const confirmed = confirmedTranscriptHash(crypto, before, bytes.transcriptInput(signature));
  return new PublicGroup({
    groupContext: {
      ...groupContext,
      epoch: groupContext.epoch + 1n,
      treeHash: tree.treeHash,
      confirmedTranscriptHash: confirmed,
      extensions,
    },
    tree,
    confirmationTag,
    interimTranscriptHash: interimTranscriptHash(crypto, confirmed, confirmationTag),
    groupInfoParts: undefined,
    reInit,
  });
}
