import type { ErrorCode } from './error-code.js';

/** Why an operation had no effect, in terms that tell its caller nothing it did not know. */
export interface Refusal {
  readonly code: ErrorCode;
  /** The id of the rule that was broken: a line of docs/protocol/validation.md. */
  readonly rule?: string;
  /** The group's current epoch, with WRONG_EPOCH. */
  readonly epoch?: bigint;
  /** With PROPOSALS_PENDING: the MLSMessages that a commit has to include, in the order in which the DS took them. */
  readonly proposals?: readonly Uint8Array[];
  /** When trying again can help. */
  readonly retryAfterMs?: number;
}

/** What an operation came to: expected outcomes are values, bugs throw. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function done<T>(value: T): Outcome<T>;
export function done(): Outcome<void>;
export function done<T>(value?: T): Outcome<T | undefined> {
  return { ok: true, value };
}

export function refuse(code: ErrorCode, details: Omit<Refusal, 'code'> = {}): Outcome<never> {
  return { ok: false, refusal: { code, ...details } };
}
