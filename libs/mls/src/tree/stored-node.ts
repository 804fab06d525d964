import { decode, encode, Reader } from '@phoenix/wire';
import type { LeafNode } from '../codec/leaf-node.js';
import type { ParentNode } from '../codec/parent-node.js';
import { type TreeNode, treeNodeCodec } from '../codec/tree-node.js';

/**
 * An occupied node, as its `Node` encoding, as its value, or both: each is made from the other when first asked for.
 * A delivery service that handles one commit reads a dozen of a thousand leaves.
 */
export class StoredNode {
  #bytes: Uint8Array | undefined;
  #value: TreeNode | undefined;

  private constructor(bytes: Uint8Array | undefined, value: TreeNode | undefined) {
    this.#bytes = bytes;
    this.#value = value;
  }

  static ofLeaf(leaf: LeafNode): StoredNode {
    return new StoredNode(undefined, { type: 'leaf', leaf });
  }

  static ofParent(parent: ParentNode): StoredNode {
    return new StoredNode(undefined, { type: 'parent', parent });
  }

  /** Bytes that encoded a `Node` before, as in a snapshot; they are decoded when needed. */
  static ofBytes(bytes: Uint8Array): StoredNode {
    return new StoredNode(bytes, undefined);
  }

  /** Reads a node from input that is not trusted. @throws DecodeError */
  static read(reader: Reader): StoredNode {
    const start = reader.position;
    const value = treeNodeCodec.read(reader);
    return new StoredNode(reader.slice(start), value);
  }

  /** The `Node` encoding: its first octet is the type. */
  get bytes(): Uint8Array {
    return (this.#bytes ??= encode(treeNodeCodec, this.#value as TreeNode));
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

  #decoded(): TreeNode {
    return (this.#value ??= decode(treeNodeCodec, this.#bytes as Uint8Array));
  }
}

/** The nodes of a complete tree by node index; undefined where blank. */
export type TreeNodes = readonly (StoredNode | undefined)[];
