import { Reader, Writer } from '@phoenix/wire';
import fc from 'fast-check';
import { anyLeaf } from '../testing/arbitraries.js';
import { type RosterLeaf, RosterLeaves } from './roster-leaves.js';

type Leaves = readonly (RosterLeaf | undefined)[];
const leaves = fc.array(fc.option(anyLeaf, { nil: undefined }), { maxLength: 8 });
const changes = fc.array(fc.tuple(fc.nat({ max: 11 }), fc.option(anyLeaf, { nil: undefined })), {
  maxLength: 4,
});

/** By way of the store. */
function stored(some: RosterLeaves): RosterLeaves {
  const writer = new Writer();
  some.write(writer);
  return RosterLeaves.read(new Reader(writer.finish()));
}

function expectHolds(some: RosterLeaves, expected: Leaves): void {
  const present = expected.flatMap((leaf) => leaf ?? []);
  for (let index = 0; index < 14; index++) expect(some.at(index)).toEqual(expected[index]);
  expect([...some.pseudonyms()]).toEqual(present.map(({ pseudonym }) => pseudonym));
  expect(some.queues()).toEqual(present.map(({ queue }) => queue));
}

describe("a roster's leaves", () => {
  it('are what they were made of, asked one by one and all at once', () => {
    fc.assert(fc.property(leaves, (some) => expectHolds(stored(RosterLeaves.of(some)), some)));
  });

  it('change as they would one by one, also when domains come and go', () => {
    fc.assert(
      fc.property(leaves, fc.array(changes, { maxLength: 4 }), (some, commits) => {
        const expected: (RosterLeaf | undefined)[] = [...some];
        let roster = RosterLeaves.of(some);
        for (const commit of commits) {
          for (const [index, leaf] of commit) expected[index] = leaf;
          roster = stored(roster.changed(new Map(commit)));
        }
        expectHolds(roster, expected);
      }),
    );
  });

  it('forget a domain with the last leaf that is of it', () => {
    const leaf = (domain: string): RosterLeaf => ({
      pseudonym: new Uint8Array(32),
      signatureKey: new Uint8Array(32),
      queue: { domain, sealed: new Uint8Array(180) },
      activeMonth: 676,
    });
    const both = RosterLeaves.of([leaf('example.com'), leaf('elsewhere.org')]);
    const writer = new Writer();
    both.changed(new Map([[1, undefined]])).write(writer);
    expect(Buffer.from(writer.view()).includes('elsewhere.org')).toBe(false);
  });

  it('leave out one queue, if asked to, and none for a leaf that is not there', () => {
    fc.assert(
      fc.property(leaves, fc.nat({ max: 11 }), (some, except) => {
        const others = some.flatMap((leaf, index) => (leaf && index !== except ? [leaf.queue] : []));
        expect(RosterLeaves.of(some).queues(except)).toEqual(others);
      }),
    );
  });
});
