import { done, type Outcome, refuse } from '@phoenix/wire';
import type { GroupFacts } from '../domain/group-facts.js';
import type { GroupPolicy } from '../ports/group-policy.js';

/** Whether the operator's policy lets an operation pass. */
export function judgePolicy(policy: GroupPolicy, facts: GroupFacts): Outcome<void> {
  const [violation] = policy.violations(facts);
  return violation === undefined ? done() : refuse(violation.code, { rule: violation.rule });
}
