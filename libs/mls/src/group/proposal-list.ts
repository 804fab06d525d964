import type { Commit } from '../codec/commit.js';
import type { Extension } from '../codec/extension.js';
import type { UnverifiedKeyPackage } from '../codec/key-package.js';
import type { Proposal } from '../codec/proposal.js';
import { accept, type Checked, refuse } from '../validation/checked.js';
import type { RuleId } from '../validation/rules.js';
import type { PublicGroup } from './public-group.js';

/** A commit's proposals, sorted by what they do, in the order they came. */
export interface ProposalList {
  readonly proposals: readonly Proposal[];
  readonly adds: readonly UnverifiedKeyPackage[];
  readonly removes: readonly number[];
  readonly groupContextExtensions: Extension[] | undefined;
}

/** Checks a member's proposal list by itself and against the tree (RFC 9420 §12.2, §12.1). */
export function checkProposalList(
  group: PublicGroup,
  commit: Commit,
  committer: number,
): Checked<ProposalList> {
  const proposals: Proposal[] = [];
  const adds: UnverifiedKeyPackage[] = [];
  const removes = new Set<number>();
  let groupContextExtensions: Extension[] | undefined;
  for (const entry of commit.proposals) {
    if (entry.type === 'reference') return refuse('mls.unsupported-reference');
    const { proposal } = entry;
    const never = neverTaken(proposal);
    if (never !== undefined) return refuse(never);
    if (proposal.type === 'add') adds.push(proposal.keyPackage);
    if (proposal.type === 'remove') {
      const rule = checkRemove(group, proposal.removed, committer, removes);
      if (rule !== undefined) return refuse(rule);
      removes.add(proposal.removed);
    }
    if (proposal.type === 'group_context_extensions') {
      if (groupContextExtensions !== undefined) return refuse('mls.12.2-group-context-extensions');
      groupContextExtensions = proposal.extensions;
    }
    proposals.push(proposal);
  }
  const needsPath = proposals.length === 0 || removes.size > 0 || groupContextExtensions !== undefined;
  if (needsPath && commit.path === undefined) return refuse('mls.12.4-path-required');
  return accept({ proposals, adds, removes: [...removes], groupContextExtensions });
}

/** By value, an Update is always its committer's own. */
function neverTaken(proposal: Proposal): RuleId | undefined {
  if (proposal.type === 'update') return 'mls.12.2-update-by-committer';
  if (proposal.type === 'external_init') return 'mls.12.2-external-init';
  if (proposal.type === 'psk') return 'mls.unsupported-psk';
  if (proposal.type === 'reinit') return 'mls.unsupported-reinit';
  return undefined;
}

function checkRemove(
  group: PublicGroup,
  removed: number,
  committer: number,
  others: ReadonlySet<number>,
): RuleId | undefined {
  if (removed === committer) return 'mls.12.2-remove-committer';
  if (others.has(removed)) return 'mls.12.2-same-leaf';
  return group.leaf(removed) === undefined ? 'mls.12.1.3-removed' : undefined;
}
