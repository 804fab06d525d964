import type { GroupPolicy } from '../ports/group-policy.js';
import type { PaddingPolicy } from '../ports/padding-policy.js';

/** What the operator may replace. */
export interface DsPolicies {
  readonly padding: PaddingPolicy;
  readonly group: GroupPolicy;
}
