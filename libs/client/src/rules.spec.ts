import { CONNECTION_RULES } from './connecting/connection-rule.js';
import { CREDENTIAL_RULES } from './credentials/credential-rule.js';
import { GROUP_RULES } from './groups/group-rule.js';
import { RULE_CASES } from './testing/rule-cases/index.js';

const RULES = { ...CREDENTIAL_RULES, ...GROUP_RULES, ...CONNECTION_RULES };
const IDS = Object.keys(RULES) as (keyof typeof RULES)[];

describe("the client's rules", () => {
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
