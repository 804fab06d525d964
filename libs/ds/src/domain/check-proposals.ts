import type { Commit, ProposalTypeName } from '@phoenix/mls';
import type { GroupOperation } from './group-facts.js';
import type { DsRuleId } from './rules.js';

type CommitOperation = Exclude<GroupOperation, 'createGroup'>;

/**
 * Which proposals each operation takes (docs/protocol §7). References are left to RFC 9420's rules, which come next.
 */
export function checkProposals(operation: CommitOperation, commit: Commit): DsRuleId | undefined {
  const types = commit.proposals.flatMap((item) => (item.type === 'proposal' ? [item.proposal.type] : []));
  const isOnly = (...allowed: ProposalTypeName[]): boolean => types.every((type) => allowed.includes(type));
  switch (operation) {
    case 'addUsers':
      return isOnly('add') && types.length > 0 ? undefined : 'ds.add.only-adds';
    case 'removeUsers':
      return isOnly('remove', 'group_context_extensions') && types.includes('remove')
        ? undefined
        : 'ds.remove.only-removes';
    case 'updateClient':
      return isOnly('group_context_extensions') && commit.path !== undefined
        ? undefined
        : 'ds.update.only-path';
  }
}
