import { decodePublicGroup, type PublicGroup } from '@phoenix/mls';
import { decode, done, type Outcome, refuse } from '@phoenix/wire';
import type { GroupCipher } from '../domain/group-cipher.js';
import type { GroupRow, RosterRow } from '../domain/group-row.js';
import { type Roster, roster } from '../domain/roster.js';
import { type TreeSection, treeSection } from '../domain/tree-section.js';

/** A tree section, opened. */
export interface OpenedTree {
  readonly section: TreeSection;
  readonly group: PublicGroup;
}

/** The row's roster. To whoever lacks the key a group that is there looks like one that is not. */
export function openRoster(cipher: GroupCipher, row: RosterRow | undefined): Outcome<Roster> {
  if (row === undefined) return refuse('NOT_FOUND');
  const opened = cipher.open('roster', row.generation, row.roster);
  if (opened.state === 'open') return done(decode(roster, opened.content));
  return refuse(opened.state === 'damaged' ? 'DAMAGED' : 'NOT_FOUND');
}

/** The row's tree, if it is the one that the roster names. The key is known to be right by now. */
export function openTree(cipher: GroupCipher, { treeTag }: Roster, row: GroupRow): Outcome<OpenedTree> {
  const opened = cipher.open('tree', treeTag, row.tree);
  if (opened.state !== 'open') return refuse('DAMAGED');
  const section = decode(treeSection, opened.content);
  return done({ section, group: decodePublicGroup(section.group) });
}
