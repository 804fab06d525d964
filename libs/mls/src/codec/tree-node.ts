import { type Codec, DecodeError } from '@phoenix/wire';
import { type LeafNode, leafNodeCodec } from './leaf-node.js';
import { type ParentNode, parentNodeCodec } from './parent-node.js';

export const NODE_TYPE_LEAF = 1;
export const NODE_TYPE_PARENT = 2;

/** `Node`: an occupied node of a ratchet tree as it travels (RFC 9420 §12.4.3.3). */
export type TreeNode =
  | { readonly type: 'leaf'; readonly leaf: LeafNode }
  | { readonly type: 'parent'; readonly parent: ParentNode };

export const treeNodeCodec: Codec<TreeNode> = {
  write: (w, v) => {
    if (v.type === 'leaf') leafNodeCodec.write(w.u8(NODE_TYPE_LEAF), v.leaf);
    else parentNodeCodec.write(w.u8(NODE_TYPE_PARENT), v.parent);
  },
  read: (r) => {
    const type = r.u8();
    if (type === NODE_TYPE_LEAF) return { type: 'leaf', leaf: leafNodeCodec.read(r) };
    if (type === NODE_TYPE_PARENT) return { type: 'parent', parent: parentNodeCodec.read(r) };
    throw new DecodeError('unknown-value');
  },
};
