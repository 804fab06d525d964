import { commitCases } from '../testing/rule-cases/commit.js';
import { creationCases } from '../testing/rule-cases/creation.js';
import { framingCases } from '../testing/rule-cases/framing.js';
import { keyPackageCases } from '../testing/rule-cases/key-package.js';
import { type RuleCase, someGroup } from '../testing/rule-cases/rule-case.js';
import { createForged } from '../testing/forged-group.js';
import { type RuleId, RULES } from './rules.js';

/** The compiler refuses this table where a rule has no case. */
const CASES: Record<RuleId, RuleCase> = {
  ...framingCases,
  ...keyPackageCases,
  ...commitCases,
  ...creationCases,
};

describe('validation rules', () => {
  it.each(Object.entries(RULES) as [RuleId, string][])('%s: %s', (rule) => {
    expect(CASES[rule]()).toEqual({ ok: false, rule });
  });

  it('name the section of RFC 9420 that they come from', () => {
    for (const [id, text] of Object.entries(RULES)) {
      if (!id.startsWith('mls.limit')) expect(text).toMatch(/§\d/);
    }
  });

  it('let pass what breaks none of them', () => {
    const scripted = someGroup();
    expect(createForged(scripted, {})).toMatchObject({ ok: true });
    expect(scripted.process(scripted.commit({ committer: 2 }))).toMatchObject({ ok: true });
  });
});
