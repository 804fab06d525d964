import type { RuleId } from '../../validation/rules.js';
import { commitCases } from './commit.js';
import { creationCases } from './creation.js';
import { externalCommitCases } from './external-commit.js';
import { framingCases } from './framing.js';
import { keyPackageCases } from './key-package.js';
import { proposalCases } from './proposal.js';
import type { RuleCase } from './rule-case.js';

/** A case for every rule: the compiler refuses this table where one is missing. */
export const RULE_CASES: Record<RuleId, RuleCase> = {
  ...framingCases,
  ...keyPackageCases,
  ...proposalCases,
  ...commitCases,
  ...externalCommitCases,
  ...creationCases,
};
