export { QsModule, type QsOptions } from './qs.module.js';
export { EnqueueFanOuts, type QueueFanOut } from './service/enqueue-fan-outs.js';
export { WasTaken } from './service/was-taken.js';
export { ExpireQueues } from './service/expire-queues.js';

export { RecordStore } from './ports/record-store.js';
export type { ClientChanges, ClientWithUser, UserChanges, UserWithClients } from './ports/record-store.js';
export { AddPackageStore, type StoredAddPackage } from './ports/add-package-store.js';
export { QueueStore } from './ports/queue-store.js';
export type { AppendRequest, DequeueRequest, LockedQueues } from './ports/queue-store.js';
export { type ServiceKey, type ServiceKeyName, ServiceKeyStore } from './ports/service-key-store.js';
export { Schedule } from './ports/schedule.js';

export type { ClientRecord, UserRecord } from './domain/records.js';
export { QS_RULES, type QsRuleId } from './domain/rules.js';
