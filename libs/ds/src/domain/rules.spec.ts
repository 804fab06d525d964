import { RULE_CASES, someScene } from '../testing/rule-cases/index.js';
import { DS_RULES, type DsRuleId } from './rules.js';

const IDS = Object.keys(DS_RULES) as DsRuleId[];

describe("the DS's rules", () => {
  it.each(IDS)('%s refuses what breaks it, and the group stays to the byte', async (id) => {
    const scene = await someScene();
    await RULE_CASES[id].before?.(scene);
    const before = await scene.group.stored();
    expect(await RULE_CASES[id].refuses(scene)).toMatchObject({ ok: false, refusal: { rule: id } });
    expect(await scene.group.stored()).toBe(before);
  });

  it.each(IDS)('%s accepts what keeps it', async (id) => {
    const scene = await someScene();
    await RULE_CASES[id].before?.(scene);
    expect(await RULE_CASES[id].accepts(scene)).toMatchObject({ ok: true });
  });

  it('have a case each, and no case is without its rule', () => {
    expect(Object.keys(RULE_CASES).sort()).toEqual([...IDS].sort());
  });
});
