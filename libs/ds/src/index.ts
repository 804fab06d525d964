export { DsModule, type DsOptions } from './ds.module.js';
export { DEFAULT_LIMITS, type DsLimits } from './service/ds-world.js';

export { FanOutTransport } from './ports/fan-out-transport.js';
export {
  type ExclusiveGroup,
  type GroupState,
  GroupStore,
  type NoticeSlot,
  type RosterState,
  type SharedGroup,
} from './ports/group-store.js';
export { GroupPolicy, type PolicyViolation } from './ports/group-policy.js';
export { PaddingPolicy, type SectionSizes } from './ports/padding-policy.js';
export { type ServiceKey, ServiceKeyStore } from './ports/service-key-store.js';

export { BucketPadding, type BucketPaddingOptions } from './adapters/policy/bucket-padding.js';
export { RolePolicy } from './adapters/policy/role-policy.js';

export type { DeletedQueue, FanOut } from './domain/fan-out.js';
export type { ExternalOperation, GroupFacts, GroupOperation, MemberOperation } from './domain/group-facts.js';
export type { GroupRow, RosterRow } from './domain/group-row.js';
export { DS_RULES, type DsRuleId } from './domain/rules.js';
