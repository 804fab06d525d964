import type { LeafNode } from '@phoenix/mls';
import { isCurrent, isLeafValidity, leafCredential } from '@phoenix/wire';
import { read } from './read.js';

/** The pseudonym of a leaf that enters a group; undefined unless its credential holds (rule `ds.leaf.credential`). */
export function enteringPseudonym(leaf: LeafNode, nowMs: number): Uint8Array | undefined {
  if (leaf.credential.type !== 'basic') return undefined;
  const credential = read(leafCredential, leaf.credential.identity);
  if (credential === undefined) return undefined;
  const { expiration, pseudonym } = credential;
  return isLeafValidity(expiration) && isCurrent(expiration, nowMs) ? pseudonym : undefined;
}
