import { decodePublicGroup, type PublicGroup } from '@phoenix/mls';
import { GroupCipher } from '../domain/group-cipher.js';
import type { GroupRow } from '../domain/group-row.js';
import type { Roster } from '../domain/roster.js';
import type { TreeSection } from '../domain/tree-section.js';
import { openRoster, openTree } from '../service/open-group.js';
import { mustHold } from './must-hold.js';
import { HOME } from './scripted-client.js';
import type { ScriptedMembers } from './scripted-members.js';

/** A group as it is stored, opened by who has its EAR key. */
export interface OpenedState {
  readonly row: GroupRow;
  readonly roster: Roster;
  readonly section: TreeSection;
  readonly group: PublicGroup;
}

/** What is stored of a group; undefined where it is gone. */
export async function openedState({ ds, uuid, earKey }: ScriptedMembers): Promise<OpenedState | undefined> {
  const row = await ds.store.load(uuid);
  if (row === undefined) return undefined;
  const cipher = new GroupCipher(ds.crypto, { uuid, domain: HOME }, earKey.slice());
  const roster = mustHold(openRoster(cipher, row));
  const { section } = mustHold(openTree(cipher, roster, row));
  return { row, roster, section, group: decodePublicGroup(section.group) };
}
