import type { GroupFacts, GroupOperation } from '../../domain/group-facts.js';
import type { DsRuleId } from '../../domain/rules.js';
import { GroupPolicy, type PolicyViolation } from '../../ports/group-policy.js';

const ADMINS_ONLY: readonly GroupOperation[] = [
  'createGroup',
  'addUsers',
  'removeUsers',
  'updateGroupContext',
  'deleteGroup',
];

/** The protocol's own rules (docs/protocol §7): who adds, removes, makes admins or deletes is one, one always remains, groups have a largest size. */
export class RolePolicy extends GroupPolicy {
  constructor(private readonly maxMembers = 1000) {
    super();
  }

  violations({ operation, actorIsAdmin, admins, members }: GroupFacts): readonly PolicyViolation[] {
    const violations: (PolicyViolation & { rule: DsRuleId })[] = [];
    if (ADMINS_ONLY.includes(operation) && !actorIsAdmin)
      violations.push({ code: 'FORBIDDEN', rule: 'ds.role.admin' });
    if (admins < 1) violations.push({ code: 'FORBIDDEN', rule: 'ds.role.last-admin' });
    if (members > this.maxMembers) violations.push({ code: 'LIMIT_EXCEEDED', rule: 'ds.limit.members' });
    return violations;
  }
}
