import type { Outcome } from '@phoenix/wire';

/** Hands something to the library. */
export type Attempt = () => Outcome<unknown> | Promise<Outcome<unknown>>;

/** A rule at work: input that breaks it and nothing that is checked before it, and its neighbour that keeps it. */
export interface RuleCase {
  readonly refuses: Attempt;
  readonly accepts: Attempt;
}

/** A case whose two attempts differ in one thing. */
export function between<T>(
  attempt: (input: T) => Outcome<unknown> | Promise<Outcome<unknown>>,
  breaking: T,
  keeping: T,
): RuleCase {
  return { refuses: () => attempt(breaking), accepts: () => attempt(keeping) };
}
