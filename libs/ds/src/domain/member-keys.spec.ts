import fc from 'fast-check';
import { keySetsOf, memberKeysOf, nextMemberKeys } from './member-keys.js';
import { applied } from './rows-delta.js';

const set = fc.uint8Array({ maxLength: 70 });
const sets = fc.array(fc.option(set, { nil: undefined }), { minLength: 1, maxLength: 8 });
const trimmed = <T>(some: readonly (T | undefined)[]) =>
  some.slice(0, some.findLastIndex((each) => each !== undefined) + 1);

describe("members' key sets", () => {
  it('change as they would one by one, and lead back', () => {
    const change = fc.record({
      removed: fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 3 }),
      added: fc.dictionary(fc.nat({ max: 12 }).map(String), set, { maxKeys: 3 }),
      ownKeys: fc.option(set, { nil: undefined }),
    });
    fc.assert(
      fc.property(sets, change, (before, { removed, added, ownKeys }) => {
        const joiners = Object.keys(added).map((leaf) => ({ leafIndex: Number(leaf) }));
        const keySets = Object.values(added);
        const expected = [...before];
        for (const leaf of removed) expected[leaf] = undefined;
        if (ownKeys !== undefined) expected[0] = ownKeys;
        for (const [i, { leafIndex }] of joiners.entries()) expected[leafIndex] = keySets[i];

        const flat = memberKeysOf(before);
        const next = nextMemberKeys(flat, { committer: 0, removed, joiners, keySets, ownKeys });
        const after = keySetsOf(next.keys);
        expect(trimmed(after)).toEqual(trimmed(Array.from(expected)));
        expect(trimmed(applied(after, next.delta))).toEqual(trimmed(before));
      }),
    );
  });
});
