import type { DsRuleId } from '../../domain/rules.js';
import { comingAndGoingCases } from './arrivals-and-departures.js';
import { commitCases } from './commit.js';
import { creationCases } from './creation.js';
import { membershipCases } from './membership.js';
import type { RuleCase } from './rule-case.js';

export { someScene } from './rule-case.js';

/** A case for every rule: the compiler refuses this table where one is missing. */
export const RULE_CASES: Record<DsRuleId, RuleCase> = {
  ...creationCases,
  ...commitCases,
  ...membershipCases,
  ...comingAndGoingCases,
};
