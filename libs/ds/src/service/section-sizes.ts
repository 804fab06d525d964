import type { PaddingPolicy, SectionSizes } from '../ports/padding-policy.js';
import { SECTION_OVERHEAD } from '../domain/section-padding.js';

/**
 * The sizes of the first bucket that holds both contents and is not below the sizes the row had `before`: one bucket
 * number for both sections, and a row never moves to a smaller one, so that who left cannot be seen (docs/protocol §7).
 */
export function sizesFor(policy: PaddingPolicy, contents: SectionSizes, before: SectionSizes): SectionSizes {
  for (let number = 0; ; number++) {
    const sizes = policy.sizes(number);
    const holdsRoster = sizes.roster >= Math.max(contents.roster + SECTION_OVERHEAD, before.roster);
    if (holdsRoster && sizes.tree >= Math.max(contents.tree + SECTION_OVERHEAD, before.tree)) return sizes;
  }
}

/** The size of a pending fan-out beside a roster of `roster` bytes: a roster's size too, and not below it. */
export function pendingSize(policy: PaddingPolicy, content: number, roster: number): number {
  return sizesFor(policy, { roster: content, tree: 0 }, { roster, tree: 0 }).roster;
}
