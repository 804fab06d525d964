import { encode, memberKeySet } from '@phoenix/wire';
import fc from 'fast-check';
import { MemoryGroupStore } from '../adapters/memory/memory-group-store.js';
import { listedAdmins } from '../domain/admins.js';
import { KeySet } from '../domain/key-set.js';
import { keySetsOf } from '../domain/member-keys.js';
import { leavingLeaves, storedProposals } from '../domain/proposal-store.js';
import { DsUnderTest } from '../testing/ds-under-test.js';
import { anyStep, take } from '../testing/group-history.js';
import { type OpenedState, openedState } from '../testing/opened-state.js';
import type { ScriptedClient } from '../testing/scripted-client.js';
import { ScriptedConversation } from '../testing/scripted-conversation.js';
import { verified } from '../testing/scripted-proposal.js';
import type { WelcomeInfoResult } from './welcome-info.js';

const RUNS = 25;
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex');
/** By leaf, what `of` says of each member. */
const byLeaf = <T>(entries: Iterable<readonly [number, T]>) => [...entries].sort(([a], [b]) => a - b);

/** Roster, tree and key sets are those of the members, who follow by the same commits. */
function expectAgreement(group: ScriptedConversation, { roster, section, group: tree }: OpenedState): void {
  expect([roster.epoch, tree.epoch]).toEqual(Array(2).fill(group.scripted.group.epoch));
  expect(hex(tree.groupContext.treeHash)).toBe(hex(group.scripted.group.groupContext.treeHash));
  expect(hex(tree.confirmedTranscriptHash)).toBe(hex(group.scripted.group.confirmedTranscriptHash));
  const members = byLeaf(
    [...group.members].map(([leaf, { pseudonym, signer }]) => [
      leaf,
      [hex(pseudonym), hex(signer.publicKey)],
    ]),
  );
  const inRoster = [...roster.leaves.occupied()].map(
    ({ leafIndex, leaf }) => [leafIndex, [hex(leaf.pseudonym), hex(leaf.signatureKey)]] as const,
  );
  expect(byLeaf(inRoster)).toEqual(members);
  expect(tree.members().map(({ leafIndex, leaf }) => [leafIndex, hex(leaf.signatureKey)])).toEqual(
    members.map(([leaf, [, key]]) => [leaf, key]),
  );
  const keySets = keySetsOf(section.memberKeys).flatMap((keys, leaf) =>
    keys ? [[leaf, hex(keys)] as const] : [],
  );
  expect(keySets).toEqual(
    byLeaf([...group.members].map(([leaf, { keys }]) => [leaf, hex(encode(memberKeySet, keys))])),
  );
}

/** The store holds one Remove of each leaf at most, all of this epoch, and leaves an admin who can commit. */
function expectStore(group: ScriptedConversation, { roster, section, group: tree }: OpenedState): void {
  const stored = storedProposals(section.proposals, group.ds.crypto.mls);
  expect(stored).toEqual(verified(group, section.proposals));
  const leaving = leavingLeaves(stored);
  expect(leaving.size).toBe(stored.length);
  for (const leaf of leaving) expect(group.members.has(leaf)).toBe(true);
  const admins = new KeySet(listedAdmins(tree.groupContext.extensions));
  const staying = [...roster.leaves.occupied()].filter(({ leafIndex }) => !leaving.has(leafIndex));
  expect(staying.some(({ leaf }) => admins.has(leaf.pseudonym))).toBe(true);
}

/** What every joiner that is awaited was promised: the tree and the key sets of its epoch. */
class Promised {
  readonly #epochs = new Map<bigint, { readonly joiner: ScriptedClient; readonly info: string }>();

  constructor(private readonly group: ScriptedConversation) {}

  /** To be called after each step. */
  async follow(): Promise<void> {
    const { group } = this;
    for (const member of group.members.values()) {
      const { epoch } = group.scripted.group;
      const info = await group.welcomeInfo(member, epoch);
      if (info.ok && !this.#epochs.has(epoch))
        this.#epochs.set(epoch, { joiner: member, info: textOf(info.value) });
    }
  }

  /** How many of them were given what they were promised; the others have joined, or their time is over. */
  async kept(): Promise<number> {
    let kept = 0;
    for (const [epoch, { joiner, info }] of this.#epochs) {
      const given = await this.group.welcomeInfo(joiner, epoch);
      if (!given.ok) continue;
      expect(textOf(given.value)).toBe(info);
      kept++;
    }
    return kept;
  }
}

function textOf({ ratchetTree, memberKeys }: WelcomeInfoResult): string {
  return [hex(ratchetTree), ...memberKeys.map(({ leaf, keys }) => `${leaf} ${hex(keys)}`)].join();
}

describe('whatever members do, one after the other', () => {
  it('roster, tree, key sets and proposals agree with them, and what is refused changes nothing', async () => {
    const counts = { taken: 0, refused: 0, pending: 0, promised: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 40 }), async (steps) => {
        const ds = await DsUnderTest.over(new MemoryGroupStore(), { maxMembers: 8 });
        const group = await ScriptedConversation.begin(ds);
        await group.add(3);
        const promised = new Promised(group);
        for (const step of steps) {
          const before = await group.stored();
          const outcome = await take(group, step);
          if (outcome?.ok === false) expect(await group.stored()).toBe(before);
          if (outcome !== undefined) counts[outcome.ok ? 'taken' : 'refused']++;
          const state = await openedState(group);
          if (state === undefined) return;
          expect(state.row.pending).toBeUndefined();
          expectAgreement(group, state);
          expectStore(group, state);
          counts.pending += state.section.proposals.length;
          await promised.follow();
          counts.promised += await promised.kept();
        }
      }),
      { numRuns: RUNS, seed: 20260506 },
    );
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(100);
  }, 120_000);
});
