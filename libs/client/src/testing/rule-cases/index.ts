import type { ConnectionRule } from '../../connecting/connection-rule.js';
import type { CredentialRule } from '../../credentials/credential-rule.js';
import type { GroupRule } from '../../groups/group-rule.js';
import { connectionPackageCases } from './connection-package.js';
import { credentialCases } from './credential.js';
import { entranceCases } from './entrance.js';
import { leafCases } from './leaf.js';
import { membersCases } from './members.js';
import { nameCases } from './name.js';
import { offerCases } from './offer.js';
import { policyCases } from './policy.js';
import type { RuleCase } from './rule-case.js';
import { welcomeCases } from './welcome.js';

/** A case for every rule: the compiler refuses this table where one is missing. */
export const RULE_CASES: Record<CredentialRule | GroupRule | ConnectionRule, RuleCase> = {
  ...credentialCases,
  ...leafCases,
  ...membersCases,
  ...policyCases,
  ...welcomeCases,
  ...entranceCases,
  ...nameCases,
  ...connectionPackageCases,
  ...offerCases,
};
