import { decodeRatchetTree, mlsMessageCodec } from '@phoenix/mls';
import { done, memberKeySet, type Outcome, refuse, sealedQueueConfig, tryDecode } from '@phoenix/wire';
import type { GroupCreation } from '../domain/judge-creation.js';
import { read } from '../domain/read.js';
import type { GroupAccess } from './under-ear-key.js';

/** A new group as it comes in. */
export interface CreateGroupInput extends GroupAccess {
  readonly ticket: Uint8Array;
  /** MLSMessage with a GroupInfo: with external_pub, without group keys. */
  readonly groupInfo: Uint8Array;
  /** `optional<Node> ratchet_tree<V>`. */
  readonly ratchetTree: Uint8Array;
  /** The creator's MemberKeySet, encoded. */
  readonly memberKeys: Uint8Array;
  /** The creator's SealedQueueConfig, encoded. */
  readonly queueConfig: Uint8Array;
  /** Whether a contact may join by external commit. */
  readonly open: boolean;
}

/** The new group, well-formed and nothing more. */
export function parseGroup(input: CreateGroupInput, maxLeaves: number): Outcome<GroupCreation> {
  const message = read(mlsMessageCodec, input.groupInfo);
  const tree = tryDecode(() => decodeRatchetTree(input.ratchetTree, maxLeaves));
  const keys = read(memberKeySet, input.memberKeys);
  const queue = read(sealedQueueConfig, input.queueConfig);
  if (tree === undefined || keys === undefined || queue === undefined) return refuse('BAD_REQUEST');
  if (message?.type !== 'groupInfo') return refuse('BAD_REQUEST');
  return done({ groupInfo: message.groupInfo, tree, queue, memberKeys: keys });
}
