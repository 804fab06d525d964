import type { DequeuedEntry } from '../queue/queue-reader.js';
import { acknowledged } from './acknowledged.js';
import { type Answer, AnswerError } from './answer.js';
import type { Operation } from './operation.js';

const KINDS = new Map<string, DequeuedEntry['kind']>([
  ['MESSAGE', 'message'],
  ['UPDATE', 'update'],
  ['RESET', 'reset'],
]);

/** Queues begin below 2^40 and jump by 2^40: no seq that is counted up from there comes near the end of its type. */
const MAX_SEQ = (1n << 63n) - 1n;

function entry(answer: Answer): DequeuedEntry {
  const kind = KINDS.get(answer.field('kind').text());
  const seq = answer.field('seq').uint64();
  if (kind === undefined || seq >= MAX_SEQ) throw new AnswerError();
  return { seq, kind, body: answer.field('body').bytes() };
}

/** The public key that queue configs are sealed to. Unsigned. */
export const queueConfigKey: Operation<Uint8Array> = {
  kind: 'query',
  field: 'queueConfigKey',
  selection: '',
  read: (answer) => answer.bytes(),
};

/** Input `{ userId, userKey, friendshipToken, clientId, clientKey, clientKeyProof, queueEncryptionKey }`. Signed `qs-user`. */
export const createUserRecord: Operation<void> = acknowledged('createUserRecord', 'CreateUserRecordInput');

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
  read: (answer) => answer.field('entries').list().map(entry),
};
