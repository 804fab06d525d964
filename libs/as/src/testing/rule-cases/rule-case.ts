import { TestClock } from '@phoenix/crypto/testing';
import type { Outcome } from '@phoenix/wire';

/** Asks an AS of its own for something. */
export type Attempt = () => Promise<Outcome<unknown>>;

/** A rule at work: a request that breaks it and nothing that is checked before it, and its neighbour that keeps it. */
export interface RuleCase {
  readonly refuses: Attempt;
  readonly accepts: Attempt;
}

/** A case whose two requests differ in one thing. */
export function between<T>(
  attempt: (input: T) => Promise<Outcome<unknown>>,
  breaking: T,
  keeping: T,
): RuleCase {
  return { refuses: () => attempt(breaking), accepts: () => attempt(keeping) };
}

/** The middle of a month. */
export const someClock = (): TestClock => new TestClock(Date.UTC(2026, 4, 17, 12));
