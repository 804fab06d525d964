import { monthNumber } from '@phoenix/wire';
import type { GroupRow } from '../domain/group-row.js';
import type { JudgedCommit } from '../domain/judge-commit.js';
import { MessageIds } from '../domain/message-ids.js';
import { nextRoster, nextTreeSection } from '../domain/next-sections.js';
import {
  type CommitFanOut,
  type PendingFanOut,
  pendingFanOut,
  pendingOf,
} from '../domain/pending-fan-out.js';
import type { Roster } from '../domain/roster.js';
import { SectionDraft } from '../domain/section-padding.js';
import type { GroupState } from '../ports/group-store.js';
import type { PaddingPolicy } from '../ports/padding-policy.js';
import type { DsWorld } from './ds-world.js';
import type { CommitAttempt } from './judge-attempt.js';
import type { OpenedTree } from './open-group.js';
import { sealGroup } from './seal-group.js';
import { pendingSize } from './section-sizes.js';

/** A group as it was opened for a commit. */
export interface OpenedGroup {
  readonly row: GroupRow;
  readonly roster: Roster;
  readonly tree: OpenedTree;
}

/** The state that a commit makes, sealed, and its fan-out, which is in it. */
export interface NextState {
  readonly state: GroupState;
  readonly month: number;
  readonly pending: PendingFanOut;
}

/** Seals what a commit makes of a group together with what has to go out for it. */
export function nextState(
  { row, roster, tree }: OpenedGroup,
  judged: JudgedCommit,
  attempt: CommitAttempt,
  padding: PaddingPolicy,
  { crypto, clock }: DsWorld,
): NextState {
  const { cipher, digest, request } = attempt;
  const now = clock.now();
  const month = monthNumber(now);
  const content = {
    roster: nextRoster(roster, judged, digest),
    tree: nextTreeSection(tree.section, tree.group, roster, judged, month),
  };
  const before = { roster: row.roster.length, tree: row.tree.length };
  const sealed = sealGroup(cipher, content, padding, crypto.random, before);

  const pending = pendingOf(
    fanOutOf(roster, judged, attempt, now),
    new MessageIds(crypto, request.bodyDigest),
  );
  const draft = SectionDraft.of(pendingFanOut, pending, sealed.roster.length);
  const size = pendingSize(padding, draft.length, sealed.roster.length);
  const state = { ...sealed, pending: cipher.seal('pending', sealed.generation, draft, size) };
  return { state, month, pending };
}

function fanOutOf(
  roster: Roster,
  { joiners }: JudgedCommit,
  { input, proposal: { invitation } }: CommitAttempt,
  now: number,
): CommitFanOut {
  const attributions = invitation?.attributions ?? [];
  return {
    timestamp: BigInt(now),
    commit: input.commit,
    members: roster.leaves.queues(),
    welcome: invitation?.welcomeBytes ?? new Uint8Array(0),
    joiners: joiners.map(({ queue }, i) => ({ queue, attribution: attributions[i] as Uint8Array })),
  };
}
