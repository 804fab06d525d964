import type { ProposalOrRef } from '../../codec/proposal-or-ref.js';
import type { Proposal } from '../../codec/proposal.js';
import type { Checked } from '../../validation/checked.js';
import type { RuleId } from '../../validation/rules.js';
import { externalCommit, processExternal, type ScriptedExternalCommit } from '../scripted-external-commit.js';
import { pskOf } from './proposal.js';
import { between, type RuleCase, someGroup } from './rule-case.js';

const attempt = (script: ScriptedExternalCommit): Checked<unknown> => {
  const group = someGroup();
  return processExternal(group, externalCommit(group, script).message);
};
const scripted = (breaking: ScriptedExternalCommit, keeping: ScriptedExternalCommit): RuleCase =>
  between(attempt, breaking, keeping);
const init = (length = 32): Proposal => ({ type: 'external_init', kemOutput: new Uint8Array(length) });
const value = (proposal: Proposal): ProposalOrRef => ({ type: 'proposal', proposal });
const psk: ScriptedExternalCommit = { proposals: [value(pskOf())] };

/** Commits from outside. */
export const externalCommitCases = {
  'mls.12.1.6-kem-output': scripted({ inits: [init(31)] }, { inits: [init()] }),
  'mls.12.2-external-commit-init': scripted({ inits: [init(), init()] }, {}),
  'mls.12.2-external-commit-remove': scripted(
    { replace: 4, proposals: [value({ type: 'remove', removed: 6 })] },
    { replace: 4 },
  ),
  'mls.12.2-external-commit-others': scripted(
    { proposals: [value({ type: 'group_context_extensions', extensions: [] })] },
    psk,
  ),
  'mls.12.4.3.2-path': scripted({ path: false }, {}),
  'mls.12.4.3.2-reference': scripted(
    { proposals: [{ type: 'reference', reference: new Uint8Array(32) }] },
    psk,
  ),
} satisfies Partial<Record<RuleId, RuleCase>>;
