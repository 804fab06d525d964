import { acknowledged } from './acknowledged.js';
import type { Answer } from './answer.js';
import type { Operation } from './operation.js';

/** The epoch's tree (`optional<Node> ratchet_tree<V>`) and the encoded MemberKeySets by leaf. */
export interface WelcomeInfo {
  readonly ratchetTree: Uint8Array;
  readonly memberKeys: ReadonlyMap<number, Uint8Array>;
}

/** The current epoch as who enters by an external commit needs it: also its GroupInfo (MLSMessage), without the tree. */
export interface ExternalCommitInfo extends WelcomeInfo {
  readonly groupInfo: Uint8Array;
}

/** The key that stands in every group's external_senders. Unsigned. */
export const dsVerifyingKey: Operation<Uint8Array> = {
  kind: 'query',
  field: 'dsVerifyingKey',
  selection: '',
  read: (answer) => answer.bytes(),
};

/** A group's UUID, as text, and a ticket that holds for ten minutes. Unsigned. */
export const requestGroupId: Operation<{ groupId: string; ticket: Uint8Array }> = {
  kind: 'mutation',
  field: 'requestGroupId',
  selection: '{groupId ticket}',
  read: (answer) => ({ groupId: answer.field('groupId').text(), ticket: answer.field('ticket').bytes() }),
};

/** Input `{ groupId, ticket, earKey, groupInfo, ratchetTree, memberKeys, queueConfig, open }`. Signed `leaf:0`. */
export const createGroup: Operation<void> = acknowledged('createGroup', 'CreateGroupInput');

/** Input `{ groupId, earKey, epoch }`. Signed `joiner`. */
export const welcomeInfo: Operation<WelcomeInfo> = {
  kind: 'query',
  field: 'welcomeInfo',
  selection: '{ratchetTree memberKeys{leaf keys}}',
  inputType: 'WelcomeInfoInput',
  read: readWelcomeInfo,
};

/** Input `{ groupId, earKey }`. Signed `leaf`; unsigned while the group is open and has one member. */
export const externalCommitInfo: Operation<ExternalCommitInfo> = {
  kind: 'query',
  field: 'externalCommitInfo',
  selection: '{groupInfo ratchetTree memberKeys{leaf keys}}',
  inputType: 'ExternalCommitInfoInput',
  read: (answer) => ({ groupInfo: answer.field('groupInfo').bytes(), ...readWelcomeInfo(answer) }),
};

function readWelcomeInfo(answer: Answer): WelcomeInfo {
  return {
    ratchetTree: answer.field('ratchetTree').bytes(),
    memberKeys: new Map(
      answer
        .field('memberKeys')
        .list()
        .map((item) => [item.field('leaf').number(), item.field('keys').bytes()]),
    ),
  };
}

const commitOperation = (field: string, inputType: string): Operation<void> => ({
  kind: 'mutation',
  field,
  selection: '{epoch}',
  inputType,
  read: () => undefined,
});

/** Input `{ groupId, earKey, commit, groupInfoUpdate, welcome, attributions }`. Signed `leaf`. */
export const addUsers = commitOperation('addUsers', 'AddUsersInput');

/** Input `{ groupId, earKey, commit, groupInfoUpdate }`. Signed `leaf`. */
export const removeUsers = commitOperation('removeUsers', 'CommitInput');

/** Input `{ groupId, earKey, commit, groupInfoUpdate }`. Signed `leaf`. */
export const updateClient = commitOperation('updateClient', 'CommitInput');

/** Input `{ groupId, earKey, commit, groupInfoUpdate }`. Signed `leaf`. */
export const updateGroupContext = commitOperation('updateGroupContext', 'CommitInput');

/** Input `{ groupId, earKey, commit, groupInfoUpdate }`. Unsigned: the EAR key of an open group is the proof. */
export const joinConnectionGroup = commitOperation('joinConnectionGroup', 'CommitInput');

/** Input `{ groupId, earKey, commit, groupInfoUpdate }`. Signed by the leaf that is replaced, with its current key. */
export const resyncClient = commitOperation('resyncClient', 'CommitInput');

/** Input `{ groupId, earKey, proposal }`. Signed `leaf`. */
export const selfRemoveUser: Operation<void> = acknowledged('selfRemoveUser', 'SelfRemoveUserInput');

/** Input `{ groupId, earKey, commit, groupInfoUpdate }`, the last two absent where the sender is alone. Signed `leaf`. */
export const deleteGroup: Operation<void> = acknowledged('deleteGroup', 'DeleteGroupInput');

/** Input `{ groupId, earKey, queueConfig }`. Signed `leaf`. */
export const updateQueueConfig: Operation<void> = acknowledged('updateQueueConfig', 'UpdateQueueConfigInput');

/** Input `{ groupId, earKey, wrappedProfileKey }`. Signed `leaf`. */
export const updateProfileKey: Operation<void> = acknowledged('updateProfileKey', 'UpdateProfileKeyInput');

/** Input `{ groupId, earKey }`: what groupPresence is asked with. Signed `leaf`. */
export const membershipTicket: Operation<Uint8Array> = {
  kind: 'query',
  field: 'membershipTicket',
  selection: '',
  inputType: 'MembershipTicketInput',
  read: (answer) => answer.bytes(),
};

/** Input `{ groupId, earKey, membershipTicket }`. Unsigned: the ticket is the proof. */
export const groupPresence: Operation<void> = {
  ...acknowledged('groupPresence', 'GroupPresenceInput'),
  kind: 'query',
};

/** Input `{ groupId, earKey, message }`. Signed `leaf`. */
export const sendMessage: Operation<void> = acknowledged('sendMessage', 'SendMessageInput');
