import type { RuleId } from './rules.js';

/** What a check answers: the checked value, or the first rule that the input breaks. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly rule: RuleId };

export function accept<T>(value: T): Checked<T> {
  return { ok: true, value };
}

export function refuse(rule: RuleId): Checked<never> {
  return { ok: false, rule };
}
