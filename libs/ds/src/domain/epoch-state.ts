import type { RatchetTree } from '@phoenix/mls';
import { Writer } from '@phoenix/wire';
import type { AwaitedEpoch } from './awaited-epochs.js';
import { keySetsOf, type MemberKeys } from './member-keys.js';
import { applied, type Rows } from './rows-delta.js';

/** What a joiner is given. */
export interface EpochState {
  /** `optional<Node> ratchet_tree<V>` (RFC 9420 §12.4.3.3). */
  readonly ratchetTree: Uint8Array;
  /** By leaf index, as views. */
  readonly memberKeys: Rows;
}

/** An epoch's tree and key sets, though the group moved on; undefined for an epoch that nobody awaits. */
export function stateAt(
  tree: RatchetTree,
  memberKeys: MemberKeys,
  epochs: readonly AwaitedEpoch[],
  epoch: bigint,
): EpochState | undefined {
  const end = epochs.findIndex((awaited) => awaited.epoch === epoch);
  if (end < 0) return undefined;
  let [nodes, keys]: [Rows, Rows] = [nodesOf(tree).map((node) => node?.bytes), keySetsOf(memberKeys)];
  for (const older of epochs.slice(0, end + 1)) {
    nodes = applied(nodes, older.tree);
    keys = applied(keys, older.memberKeys);
  }
  return { ratchetTree: ratchetTreeOf(nodes), memberKeys: keys };
}

/** A tree's nodes; those that a commit leaves as they are stay the same objects. */
export function nodesOf(tree: RatchetTree): RatchetTree['nodes'] {
  return tree.nodes;
}

/** The nodes up to the last that is not blank. */
function ratchetTreeOf(nodes: Rows): Uint8Array {
  const present = nodes.slice(0, nodes.findLastIndex((node) => node !== undefined) + 1);
  const size = present.reduce((sum, node) => sum + 1 + (node?.length ?? 0), 0);
  const writer = new Writer(size + 4).length(size);
  for (const node of present) writer.optional(node, (w, bytes) => w.bytes(bytes));
  return writer.finish();
}
