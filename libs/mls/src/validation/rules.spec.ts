import { RULE_CASES } from '../testing/rule-cases/index.js';
import { type RuleId, RULES } from './rules.js';
import { UNCHECKABLE } from './uncheckable.js';

const IDS = Object.keys(RULES) as RuleId[];

describe('validation rules', () => {
  it.each(IDS)('%s refuses what breaks it', (id) => {
    expect(RULE_CASES[id].refuses()).toEqual({ ok: false, rule: id });
  });

  it.each(IDS)('%s accepts what keeps it', (id) => {
    expect(RULE_CASES[id].accepts()).toMatchObject({ ok: true });
  });

  it('have a case each, and no case is without its rule', () => {
    expect(Object.keys(RULE_CASES).sort()).toEqual([...IDS].sort());
  });

  it('name sections of RFC 9420, the one in the id first', () => {
    for (const id of IDS.filter((rule) => !rule.startsWith('mls.limit'))) {
      expect(RULES[id].section).toMatch(/^[\d.]+(, [\d.]+)*$/);
    }
  });

  it('are told apart from what nobody without secrets can check', () => {
    for (const [id, { section, demands }] of Object.entries(UNCHECKABLE)) {
      expect(id).toMatch(/^secret\./);
      expect(section).toMatch(/^[\d.]+(, [\d.]+)*$/);
      expect(demands).toMatch(/\.$/);
    }
  });
});
