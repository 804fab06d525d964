import { AddPackageChecks } from './add-package-checks.js';
import { CreateUserRecord } from './create-user-record.js';
import { DeleteUserRecord } from './delete-user-record.js';
import { DequeueMessages } from './dequeue-messages.js';
import { EnqueueFanOuts } from './enqueue-fan-outs.js';
import { ExpireQueues } from './expire-queues.js';
import { FanOutWriter } from './fan-out-writer.js';
import { FindUserRecord } from './find-user-record.js';
import { OpenKeys } from './open-keys.js';
import { PublishAddPackages } from './publish-add-packages.js';
import { QueueAddresses } from './queue-addresses.js';
import { ServiceKeys } from './service-keys.js';
import { STORE_KEY_PROVIDERS } from './store-key-providers.js';
import { TakeAddPackages } from './take-add-packages.js';
import { UpdateClientRecord } from './update-client-record.js';
import { UpdateUserRecord } from './update-user-record.js';
import { Upkeep } from './upkeep.js';
import { WasTaken } from './was-taken.js';

/** All that the QS does, over its ports. */
export const USE_CASES = [
  AddPackageChecks,
  CreateUserRecord,
  DeleteUserRecord,
  DequeueMessages,
  EnqueueFanOuts,
  ExpireQueues,
  FanOutWriter,
  FindUserRecord,
  OpenKeys,
  PublishAddPackages,
  QueueAddresses,
  ServiceKeys,
  ...STORE_KEY_PROVIDERS,
  TakeAddPackages,
  UpdateClientRecord,
  UpdateUserRecord,
  Upkeep,
  WasTaken,
];
