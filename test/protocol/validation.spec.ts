import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AS_RULE_CASES } from '@phoenix/as/testing';
import { CLIENT_RULE_CASES } from '@phoenix/client/testing';
import { DS_RULE_CASES } from '@phoenix/ds/testing';
import { MLS_RULE_CASES } from '@phoenix/mls/testing';
import { QS_RULE_CASES } from '@phoenix/qs/testing';

const PAGE = resolve('docs/protocol/validation.md');
/** What nobody without secrets can check is on the page, too. */
const UNCHECKABLE = /^secret\./;
const ROW = /^\| `([^`]+)` \|/gm;
const LINK = /\]\(([^)]+)\) \|$/gm;

type Cases = Readonly<Record<string, object>>;

/** The ids of the checks on a page. */
const idsOn = (page: string): string[] =>
  [...page.matchAll(ROW)].map(([, id]) => id!).filter((id) => !UNCHECKABLE.test(id));

/** What is wrong between a page and the libs' cases, in words. */
function complaints(page: string, cases: Cases): string[] {
  const ids = idsOn(page);
  const lacking = (side: string) =>
    ids
      .filter((id) => typeof (cases[id] as Record<string, unknown> | undefined)?.[side] !== 'function')
      .map((id) => `${id} has no case that ${side}`);
  return [
    ...lacking('accepts'),
    ...lacking('refuses'),
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} is on the page twice`),
    ...Object.keys(cases)
      .filter((id) => !ids.includes(id))
      .map((id) => `${id} has a case and is not on the page`),
  ];
}

describe('the page of all checks', () => {
  const page = readFileSync(PAGE, 'utf8');
  const tables: Cases[] = [MLS_RULE_CASES, DS_RULE_CASES, QS_RULE_CASES, AS_RULE_CASES, CLIENT_RULE_CASES];
  const cases = Object.assign({}, ...tables) as Cases;

  it('has for each of them a case that accepts and one that refuses, and leaves none out', () => {
    expect(complaints(page, cases)).toEqual([]);
  });

  it('has each of them made by one lib', () => {
    const counts = tables.map((table) => Object.keys(table).length);
    expect(Object.keys(cases)).toHaveLength(counts.reduce((sum, count) => sum + count));
  });

  it('names for each of them a spec that runs both', () => {
    const specs = [...page.matchAll(LINK)].map(([, path]) => resolve(dirname(PAGE), path!));
    expect(specs).toHaveLength(idsOn(page).length);
    for (const spec of new Set(specs)) {
      const text = readFileSync(spec, 'utf8');
      expect(text).toContain('RULE_CASES[id].accepts(');
      expect(text).toContain('RULE_CASES[id].refuses(');
    }
  });
});

describe('a page that is not as it should be', () => {
  const row = (id: string) => `| \`${id}\` | 6 | What it demands. | [a.spec.ts](a.spec.ts) |\n`;
  const whole = { accepts: () => undefined, refuses: () => undefined };
  const page = `# A page\n\n| id | demands |\n| --- | --- |\n${row('a.one')}${row('secret.two')}`;

  it('is complained of for a check without a case', () => {
    expect(complaints(page + row('a.three'), { 'a.one': whole })).toEqual([
      'a.three has no case that accepts',
      'a.three has no case that refuses',
    ]);
  });

  it('is complained of for a check with half a case', () => {
    const accepting = { accepts: whole.accepts };
    expect(complaints(page, { 'a.one': accepting })).toEqual(['a.one has no case that refuses']);
  });

  it('is complained of for a case that it does not list', () => {
    expect(complaints(page, { 'a.one': whole, 'a.four': whole })).toEqual([
      'a.four has a case and is not on the page',
    ]);
  });

  it('is complained of for a check that it lists twice', () => {
    expect(complaints(page + row('a.one'), { 'a.one': whole })).toEqual(['a.one is on the page twice']);
  });

  it('is left alone when it has all, and what nobody can check needs no case', () => {
    expect(complaints(page, { 'a.one': whole })).toEqual([]);
  });
});
