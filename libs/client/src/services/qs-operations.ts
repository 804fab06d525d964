import type { DequeuedEntry } from '../queue/queue-reader.js';
import { acknowledged } from './acknowledged.js';
import type { Operation } from './operation.js';
import { readEntries } from './queue-entries.js';

/** The public key that queue configs are sealed to. Unsigned. */
export const queueConfigKey: Operation<Uint8Array> = {
  kind: 'query',
  field: 'queueConfigKey',
  selection: '',
  read: (answer) => answer.bytes(),
};

/** Input `{ userId, userKey, friendshipToken, clientId, clientKey, clientKeyProof, queueEncryptionKey }`. Signed `qs-user`. */
export const createUserRecord: Operation<void> = acknowledged('createUserRecord', 'CreateUserRecordInput');

/** Input `{ userId, friendshipToken }`: packages are taken by that token from then on. Signed `qs-user`. */
export const updateUserRecord: Operation<void> = acknowledged('updateUserRecord', 'UpdateUserRecordInput');

/** Input `{ userId }`: the record, its clients, their queues and packages. Signed `qs-user`. */
export const deleteUserRecord: Operation<void> = acknowledged('deleteUserRecord', 'UserRecordInput');

/** Input `{ clientId, addPackages }`: replaces all. Signed `qs-client`. */
export const publishAddPackages: Operation<void> = acknowledged(
  'publishAddPackages',
  'PublishAddPackagesInput',
);

/** Input `{ friendshipToken }`: an AddPackage for each of the user's clients. Unsigned. */
export const takeAddPackages: Operation<Uint8Array[]> = {
  kind: 'mutation',
  field: 'takeAddPackages',
  selection: '{addPackages}',
  inputType: 'TakeAddPackagesInput',
  read: (answer) =>
    answer
      .field('addPackages')
      .list()
      .map((item) => item.bytes()),
};

/** Input `{ clientId, from, max }`: deletes what lies below `from` and gives up to `max` entries. Signed `qs-client`. */
export const dequeueMessages: Operation<DequeuedEntry[]> = {
  kind: 'mutation',
  field: 'dequeueMessages',
  selection: '{entries{seq kind body}}',
  inputType: 'DequeueMessagesInput',
  read: readEntries,
};
