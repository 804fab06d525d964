import type { ErrorCode } from '@phoenix/wire';
import type { GroupFacts } from '../domain/group-facts.js';

/** A rule that an operation breaks. */
export interface PolicyViolation {
  readonly code: Extract<ErrorCode, 'FORBIDDEN' | 'LIMIT_EXCEEDED'>;
  /** A line of docs/protocol/validation.md, or of the operator's own. */
  readonly rule: string;
}

/** Who may do what, and how large groups get. Pure: facts in, violations out. The first violation is the answer. */
export abstract class GroupPolicy {
  abstract violations(facts: GroupFacts): readonly PolicyViolation[];
}
