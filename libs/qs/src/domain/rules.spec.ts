import { RULE_CASES, someScene } from '../testing/rule-cases/index.js';
import { QS_RULES, type QsRuleId } from './rules.js';

const IDS = Object.keys(QS_RULES) as QsRuleId[];

describe("the QS's rules", () => {
  it.each(IDS)('%s refuses what breaks it, and nothing is handed out', async (id) => {
    const scene = await someScene();
    expect(await RULE_CASES[id].refuses(scene)).toMatchObject({ ok: false, refusal: { rule: id } });
    const taken = await scene.qs.takeAddPackages.execute(scene.client.friendshipToken);
    expect(taken).toEqual({ ok: true, value: [] });
  });

  it.each(IDS)('%s accepts what keeps it', async (id) => {
    expect(await RULE_CASES[id].accepts(await someScene())).toMatchObject({ ok: true });
  });

  it('have a case each, and no case is without its rule', () => {
    expect(Object.keys(RULE_CASES).sort()).toEqual([...IDS].sort());
  });
});
