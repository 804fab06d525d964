import fc, { type Arbitrary } from 'fast-check';
import type { PendingFanOut } from '../domain/pending-fan-out.js';
import type { Roster } from '../domain/roster.js';
import { type RosterLeaf, RosterLeaves } from '../domain/roster-leaves.js';
import type { TreeSection } from '../domain/tree-section.js';

/** Values of the structs at rest, for round trips. */
const bytes = (length: number): Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
const opaque = (max: number): Arbitrary<Uint8Array> => fc.uint8Array({ maxLength: max });
const u32 = fc.nat({ max: 0xffffffff });
const u64 = fc.bigInt({ min: 0n, max: 0xffffffffffffffffn });
const home = fc.constantFrom('example.com', 'localhost', 'a.b.example.org');
const maybe = <T>(value: Arbitrary<T>): Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

export const anyLeaf: Arbitrary<RosterLeaf> = fc.record({
  pseudonym: bytes(32),
  signatureKey: opaque(64),
  queue: fc.record({ domain: home, sealed: opaque(512) }),
  activeMonth: u32,
});

export const anyRoster: Arbitrary<Roster> = fc.record({
  epoch: u64,
  open: fc.boolean(),
  treeTag: bytes(16),
  lastCommit: fc.record({ digest: bytes(32), committer: u32, formerKey: opaque(64) }),
  leaves: fc.array(maybe(anyLeaf), { maxLength: 6 }).map((leaves) => RosterLeaves.of(leaves)),
});

export const anyPendingFanOut: Arbitrary<PendingFanOut> = fc.record({
  timestamp: u64,
  audiences: fc.array(
    fc.array(fc.record({ destination: home, configs: fc.array(opaque(300), { maxLength: 4 }) }), {
      maxLength: 3,
    }),
    { maxLength: 3 },
  ),
  welcome: opaque(200),
  entries: fc.array(
    fc.record({
      type: fc.constantFrom('commit', 'welcome_bundle', 'proposal'),
      audience: u32,
      ids: fc.array(bytes(16), { maxLength: 3 }),
      payload: opaque(200),
    }),
    { maxLength: 3 },
  ),
  then: fc.constantFrom('keep', 'delete'),
});

export const anyTreeSection: Arbitrary<TreeSection> = fc.record({
  group: opaque(200),
  memberKeys: opaque(200),
  awaited: fc.array(
    fc.record({
      epoch: u64,
      expiryMonth: u32,
      joiners: opaque(100),
      tree: opaque(100),
      memberKeys: opaque(100),
    }),
    { maxLength: 3 },
  ),
  proposals: fc.array(opaque(100), { maxLength: 3 }),
  noticeKey: bytes(32),
  noticesRead: bytes(32),
});
