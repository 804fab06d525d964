import { type Reader, Writer } from '@phoenix/wire';
import { StoredNode, type TreeNodes } from './stored-node.js';

/**
 * A snapshot's nodes, `opaque node<V>` for each and empty where blank, in the bytes that they came in: what a commit
 * leaves as it is goes into the next snapshot in a few pieces, not node by node.
 */
export class NodeBlock {
  private constructor(
    readonly nodes: TreeNodes,
    private readonly bytes: Uint8Array,
    /** Where each node's vector begins, and the last one ends. */
    private readonly starts: readonly number[],
  ) {}

  /** All that is left in the reader. @throws DecodeError */
  static read(reader: Reader, bytes: Uint8Array): NodeBlock {
    const nodes: (StoredNode | undefined)[] = [];
    const starts = [reader.position];
    while (reader.remaining > 0) {
      const length = reader.length();
      const start = reader.position;
      reader.skip(length);
      nodes.push(length === 0 ? undefined : StoredNode.within(bytes, start, start + length));
      starts.push(reader.position);
    }
    return new NodeBlock(nodes, bytes, starts);
  }

  /** Writes the vectors of `nodes`, which may be a later tree's. */
  write(writer: Writer, nodes: TreeNodes): void {
    let index = 0;
    while (index < nodes.length) {
      const end = this.#sameUpTo(nodes, index);
      if (end > index) writer.bytes(this.bytes.subarray(this.starts[index], this.starts[end]));
      if (end < nodes.length) writeNode(writer, nodes[end]);
      index = end + 1;
    }
  }

  /** The first index from there on where the nodes are not this block's. */
  #sameUpTo(nodes: TreeNodes, from: number): number {
    const end = Math.min(nodes.length, this.nodes.length);
    let index = from;
    while (index < end && nodes[index] === this.nodes[index]) index++;
    return index;
  }
}

/** Writes the vectors of nodes that came in no block. */
export function writeNodes(writer: Writer, nodes: TreeNodes): void {
  for (const node of nodes) writeNode(writer, node);
}

function writeNode(writer: Writer, node: StoredNode | undefined): void {
  if (node === undefined) writer.length(0);
  else writer.opaque(node.bytes);
}
