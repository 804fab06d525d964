import type { Outcome } from '@phoenix/wire';

/** The value of an outcome that a test counts on. */
export function mustHold<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code} ${outcome.refusal.rule ?? ''}`);
  return outcome.value;
}
