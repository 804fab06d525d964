import type { Commit, ProposalTypeName } from '@phoenix/mls';
import type { MemberOperation } from './group-facts.js';
import type { DsRuleId } from './rules.js';

/** Which proposals each operation takes (docs/protocol §7). What is named by reference is of the store: a Remove. */
export function checkProposals(operation: MemberOperation, commit: Commit): DsRuleId | undefined {
  const types = commit.proposals.flatMap((item) => (item.type === 'proposal' ? [item.proposal.type] : []));
  const isOnly = (...allowed: ProposalTypeName[]): boolean => types.every((type) => allowed.includes(type));
  const hasReferences = types.length < commit.proposals.length;
  const hasRemoves = types.includes('remove') || hasReferences;
  switch (operation) {
    case 'addUsers':
      return isOnly('add') && types.length > 0 && !hasReferences ? undefined : 'ds.add.only-adds';
    case 'removeUsers':
      return isOnly('remove', 'group_context_extensions') && hasRemoves
        ? undefined
        : 'ds.remove.only-removes';
    case 'updateClient':
      return isOnly('group_context_extensions') && commit.path !== undefined
        ? undefined
        : 'ds.update.only-path';
    case 'updateGroupContext':
      return isOnly('group_context_extensions') &&
        types.length === 1 &&
        !hasReferences &&
        commit.path !== undefined
        ? undefined
        : 'ds.context.only-context';
    case 'deleteGroup':
      return isOnly('remove', 'group_context_extensions') && hasRemoves ? undefined : 'ds.delete.all-others';
  }
}
