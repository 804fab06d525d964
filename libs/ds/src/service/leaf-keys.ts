import type { Rows } from '../domain/rows-delta.js';

/** A leaf and its encoded MemberKeySet. */
export interface LeafKeys {
  readonly leaf: number;
  readonly keys: Uint8Array;
}

/** The key sets of the occupied leaves, as copies: the section that they are read from is wiped before an answer leaves. */
export function leafKeysOf(rows: Rows): LeafKeys[] {
  return rows.flatMap((keys, leaf) => (keys === undefined ? [] : [{ leaf, keys: Uint8Array.from(keys) }]));
}
