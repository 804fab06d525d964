import { RULE_CASES } from '../testing/rule-cases/index.js';
import { AS_RULES, type AsRuleId } from './rules.js';

const IDS = Object.keys(AS_RULES) as AsRuleId[];

describe("the AS's rules", () => {
  it.each(IDS)('%s refuses what breaks it', async (id) => {
    expect(await RULE_CASES[id].refuses()).toMatchObject({ ok: false, refusal: { rule: id } });
  });

  it.each(IDS)('%s accepts what keeps it', async (id) => {
    expect(await RULE_CASES[id].accepts()).toMatchObject({ ok: true });
  });

  it('have a case each, and no case is without its rule', () => {
    expect(Object.keys(RULE_CASES).sort()).toEqual([...IDS].sort());
  });
});
