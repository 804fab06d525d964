import type { Outcome, Refusal } from '@phoenix/wire';

/** A refusal on its way out through GraphQL, which knows thrown errors only. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/** The value of an outcome, for a resolver to map; a refusal is thrown and reaches the caller with its code. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new RefusedError(outcome.refusal);
}
