import { decode, encode, Reader } from '@phoenix/wire';
import type { LeafNode } from '../codec/leaf-node.js';
import type { ParentNode } from '../codec/parent-node.js';
import { type TreeNode, treeNodeCodec } from '../codec/tree-node.js';

/**
 * An occupied node, as its `Node` encoding, as its value, or both: each is made from the other when first asked for.
 * A delivery service that handles one commit reads a dozen of a thousand leaves.
 */
export class StoredNode {
  #value: TreeNode | undefined;
  /** Where the encoding lies; undefined until it is made. */
  #block: Uint8Array | undefined;
  readonly #start: number;
  #end: number;

  private constructor(value: TreeNode | undefined, block?: Uint8Array, start = 0, end = block?.length ?? 0) {
    this.#value = value;
    this.#block = block;
    this.#start = start;
    this.#end = end;
  }

  static ofLeaf(leaf: LeafNode): StoredNode {
    return new StoredNode({ type: 'leaf', leaf });
  }

  static ofParent(parent: ParentNode): StoredNode {
    return new StoredNode({ type: 'parent', parent });
  }

  /** Part of a block that encoded a `Node` before, as in a snapshot; it is decoded when needed. */
  static within(block: Uint8Array, start: number, end: number): StoredNode {
    return new StoredNode(undefined, block, start, end);
  }

  /** Reads a node from input that is not trusted. @throws DecodeError */
  static read(reader: Reader): StoredNode {
    const start = reader.position;
    const value = treeNodeCodec.read(reader);
    return new StoredNode(value, reader.slice(start));
  }

  /** The `Node` encoding, as a view: its first octet is the type. */
  get bytes(): Uint8Array {
    return this.block.subarray(this.#start, this.#end);
  }

  /** Bytes of the `Node` encoding. */
  get length(): number {
    this.#encode();
    return this.#end - this.#start;
  }

  /** What holds the encoding, from `start` on: there a field is read without a view of the node. */
  get block(): Uint8Array {
    this.#encode();
    return this.#block as Uint8Array;
  }

  get start(): number {
    return this.#start;
  }

  get leaf(): LeafNode {
    const value = this.#decoded();
    if (value.type !== 'leaf') throw new TypeError('not a leaf');
    return value.leaf;
  }

  get parent(): ParentNode {
    const value = this.#decoded();
    if (value.type !== 'parent') throw new TypeError('not a parent node');
    return value.parent;
  }

  #encode(): void {
    if (this.#block !== undefined) return;
    this.#block = encode(treeNodeCodec, this.#value as TreeNode);
    this.#end = this.#block.length;
  }

  #decoded(): TreeNode {
    return (this.#value ??= decode(treeNodeCodec, this.bytes));
  }
}

/** The nodes of a complete tree by node index; undefined where blank. */
export type TreeNodes = readonly (StoredNode | undefined)[];
