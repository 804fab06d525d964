import type { RuleId } from '@phoenix/mls';
import type { DsRuleId } from './rules.js';

/** A rule that input breaks: RFC 9420's or the DS's own. */
export type BrokenRule = RuleId | DsRuleId;

/** What judging came to: a value that holds, or the first rule that is broken. */
export type Judged<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly rule: BrokenRule };

export function holds<T>(value: T): Judged<T> {
  return { ok: true, value };
}

export function breaks(rule: BrokenRule): Judged<never> {
  return { ok: false, rule };
}
