import type { Random } from '@phoenix/crypto';
import type { GroupCipher } from '../domain/group-cipher.js';
import { type Roster, roster as rosterCodec } from '../domain/roster.js';
import { SectionDraft } from '../domain/section-padding.js';
import { TAG_LENGTH } from '../domain/section.js';
import { type TreeSection, treeSection } from '../domain/tree-section.js';
import type { PaddingPolicy, SectionSizes } from '../ports/padding-policy.js';
import { sizesFor } from './section-sizes.js';

/** Both sections, sealed to belong together and to one generation. */
export interface SealedGroup {
  readonly roster: Uint8Array;
  readonly tree: Uint8Array;
  readonly generation: Uint8Array;
}

/** A state before it is sealed; the roster's tree tag is drawn here. */
export interface GroupContent {
  readonly roster: Omit<Roster, 'treeTag'>;
  readonly tree: TreeSection;
}

const NEW_GROUP: SectionSizes = { roster: 0, tree: 0 };

/** Seals a state; `before` are the stored sizes of the one it replaces, which it will not be smaller than. */
export function sealGroup(
  cipher: GroupCipher,
  content: GroupContent,
  padding: PaddingPolicy,
  random: Random,
  before: SectionSizes = NEW_GROUP,
): SealedGroup {
  const [generation, treeTag] = [random.bytes(TAG_LENGTH), random.bytes(TAG_LENGTH)];
  const roster = SectionDraft.of(rosterCodec, { ...content.roster, treeTag }, before.roster);
  const tree = SectionDraft.of(treeSection, content.tree, before.tree);
  const sizes = sizesFor(padding, { roster: roster.length, tree: tree.length }, before);
  return {
    roster: cipher.seal('roster', generation, roster, sizes.roster),
    tree: cipher.seal('tree', treeTag, tree, sizes.tree),
    generation,
  };
}
