import type { Commit } from '../codec/commit.js';
import type { Proposal } from '../codec/proposal.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import type { RuleId } from '../validation/rules.js';
import { checkProposal } from './check-proposal.js';
import { pskKey } from './proposal-list.js';
import type { PublicGroup } from './public-group.js';

/** An external commit's proposals. */
export interface ExternalProposalList {
  readonly proposals: readonly Proposal[];
  /** The leaf that the joiner had before, of a resync. */
  readonly replaced: number | undefined;
}

/** Checks an external commit's proposal list: one ExternalInit, at most one Remove, PSKs, all by value (RFC 9420 §12.2, §12.4.3.2). */
export function checkExternalProposalList(group: PublicGroup, commit: Commit): Checked<ExternalProposalList> {
  const proposals: Proposal[] = [];
  for (const entry of commit.proposals) {
    if (entry.type === 'unknown') return refuse('mls.12.2-proposal-type');
    if (entry.type === 'reference') return refuse('mls.12.4.3.2-reference');
    const rule = checkOne(group, entry.proposal);
    if (rule !== undefined) return refuse(rule);
    proposals.push(entry.proposal);
  }
  const inits = proposals.filter(({ type }) => type === 'external_init');
  if (inits.length !== 1) return refuse('mls.12.2-external-commit-init');
  const [replaced, ...others] = proposals.flatMap((p) => (p.type === 'remove' ? [p.removed] : []));
  if (others.length > 0) return refuse('mls.12.2-external-commit-remove');
  const psks = proposals.flatMap((p) => (p.type === 'psk' ? [pskKey(p.psk)] : []));
  if (new Set(psks).size < psks.length) return refuse('mls.12.2-psk-twice');
  return accept({ proposals, replaced });
}

function checkOne(group: PublicGroup, proposal: Proposal): RuleId | undefined {
  const { type } = proposal;
  if (type === 'external_init' || type === 'remove' || type === 'psk') return checkProposal(group, proposal);
  return 'mls.12.2-external-commit-others';
}
