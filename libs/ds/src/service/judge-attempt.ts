import type { SignedRequest } from '@phoenix/edge';
import { done, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import type { GroupCipher } from '../domain/group-cipher.js';
import { type CommitProposal, judgeCommit, type JudgedCommit } from '../domain/judge-commit.js';
import type { Roster } from '../domain/roster.js';
import type { GroupPolicy } from '../ports/group-policy.js';
import { leafOf } from './authenticate-leaf.js';
import { type DsWorld, maxLeaves } from './ds-world.js';
import type { OpenedTree } from './open-group.js';
import type { CommitInput } from './parse-commit.js';

/** A commit on its way through the checks. */
export interface CommitAttempt {
  readonly input: CommitInput;
  readonly proposal: CommitProposal;
  readonly request: SignedRequest;
  /** SHA-256 of the commit's MLSMessage. */
  readonly digest: Uint8Array;
  readonly cipher: GroupCipher;
}

/** What the roster alone decides of a commit: its epoch, and that it is its sender's who signed the request. */
export function checkAttempt({ proposal, request }: CommitAttempt, { epoch }: Roster): Outcome<void> {
  const { content } = proposal.message;
  if (content.epoch !== epoch) return refuse('WRONG_EPOCH', { epoch });
  if (content.sender.type === 'member' && content.sender.leafIndex !== leafOf(request))
    return refuse('INVALID_COMMIT', { rule: 'ds.commit.sender' });
  return done();
}

/** The rest, by all rules there are and the operator's policy. */
export function judgeAttempt(
  { proposal }: CommitAttempt,
  roster: Roster,
  { group, section }: OpenedTree,
  policy: GroupPolicy,
  { clock, crypto, domain, limits }: DsWorld,
): Outcome<JudgedCommit> {
  const nowMs = clock.now();
  const moment = { roster, group, memberKeys: section.memberKeys };
  const judged = judgeCommit(moment, proposal, {
    crypto: crypto.mls,
    homeDomain: domain,
    nowMs,
    month: monthNumber(nowMs),
    maxLeaves: maxLeaves(limits),
  });
  if (!judged.ok) return refuse('INVALID_COMMIT', { rule: judged.rule });
  const [violation] = policy.violations(judged.value.facts);
  return violation === undefined ? done(judged.value) : refuse(violation.code, { rule: violation.rule });
}
