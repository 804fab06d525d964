import { equal } from '@phoenix/wire';
import type { RatchetTree } from 'ts-mls';
import type { MemberChanges, MlsMember } from './mls-group.js';

/** The member at a leaf; undefined where it is blank, or its credential is none of ours (docs/protocol §3: basic). */
export function memberAt(tree: RatchetTree, leaf: number): MlsMember | undefined {
  const node = tree[2 * leaf];
  if (node?.nodeType !== 'leaf' || node.leaf.credential.credentialType !== 'basic') return undefined;
  return { leaf, identity: node.leaf.credential.identity, signatureKey: node.leaf.signaturePublicKey };
}

/** Everyone in the tree, by leaf index. */
export function membersOf(tree: RatchetTree): MlsMember[] {
  const members: MlsMember[] = [];
  for (let leaf = 0; 2 * leaf < tree.length; leaf++) {
    const member = memberAt(tree, leaf);
    if (member !== undefined) members.push(member);
  }
  return members;
}

/** Where the next one to come will sit (RFC 9420 §7.7). */
export function firstBlankLeaf(tree: RatchetTree): number {
  const blank = tree.findIndex((node, index) => index % 2 === 0 && node === undefined);
  return (blank === -1 ? tree.length + 1 : blank) / 2;
}

/**
 * What changed from one tree to the next. `removed` are the leaves that the commit removed: only with them can someone
 * new in a leaf be told from the same member under another key.
 */
export function memberChanges(
  before: RatchetTree,
  after: RatchetTree,
  removed: ReadonlySet<number>,
): MemberChanges {
  const stayed = membersOf(after).flatMap((now) => {
    const then = removed.has(now.leaf) ? undefined : memberAt(before, now.leaf);
    return then === undefined ? [] : [{ before: then, after: now }];
  });
  const known = new Set(stayed.map((member) => member.after.leaf));
  return {
    added: membersOf(after).filter((member) => !known.has(member.leaf)),
    removed: membersOf(before).filter((member) => removed.has(member.leaf)),
    updated: stayed.filter((member) => !sameMember(member.before, member.after)),
  };
}

function sameMember(a: MlsMember, b: MlsMember): boolean {
  return equal(a.identity, b.identity) && equal(a.signatureKey, b.signatureKey);
}
