import type { AsRuleId } from '../../domain/rules.js';
import { accountCases } from './account.js';
import { connectionPackageCases } from './connection-package.js';
import { registrationCases } from './registration.js';
import type { RuleCase } from './rule-case.js';

/** A case for every rule: the compiler refuses this table where one is missing. */
export const RULE_CASES: Record<AsRuleId, RuleCase> = {
  ...registrationCases,
  ...accountCases,
  ...connectionPackageCases,
};
