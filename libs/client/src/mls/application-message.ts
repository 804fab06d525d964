import { equal } from '@phoenix/wire';
import {
  createApplicationMessage,
  emptyPskIndex,
  processPrivateMessage,
  type CiphersuiteImpl,
  type ClientState,
  type PrivateMessage,
} from 'ts-mls';
import { isRepetition } from './attempt.js';
import { memberAt } from './members.js';
import { readMessage, writeMessage } from './mls-bytes.js';
import type { MessageOutcome } from './mls-group.js';

/** The encrypted message (MLSMessage) and the state whose ratchet has moved on: keep that before sending. */
export async function encryptMessage(
  suite: CiphersuiteImpl,
  live: ClientState,
  content: Uint8Array,
  authenticatedData: Uint8Array,
): Promise<{ message: Uint8Array; next: ClientState }> {
  const made = await createApplicationMessage(live, content, suite, authenticatedData);
  for (const secret of made.consumed) secret.fill(0);
  const message = writeMessage({ wireformat: 'mls_private_message', privateMessage: made.privateMessage });
  return { message, next: made.newState };
}

/** The outcome of a message (MLSMessage), and where it could be read the state that will not read it again. */
export async function decryptMessage(
  suite: CiphersuiteImpl,
  live: ClientState,
  bytes: Uint8Array,
): Promise<{ outcome: MessageOutcome; next?: ClientState }> {
  const message = readMessage(bytes, 'mls_private_message')?.privateMessage;
  if (message?.contentType !== 'application' || !equal(message.groupId, live.groupContext.groupId))
    return { outcome: { kind: 'refused' } };
  if (message.epoch > live.groupContext.epoch) return { outcome: { kind: 'future' } };
  const tree = treeOf(live, message.epoch);
  if (tree === undefined) return { outcome: { kind: 'past' } };
  const read = await readPrivateMessage(suite, live, message);
  if (typeof read === 'string') return { outcome: { kind: read } };
  const sender = memberAt(tree, read.senderLeafIndex);
  if (sender === undefined) return { outcome: { kind: 'refused' } };
  for (const secret of read.consumed) secret.fill(0);
  const { epoch, authenticatedData } = message;
  return {
    outcome: { kind: 'message', sender, epoch, authenticatedData, content: read.message },
    next: read.newState,
  };
}

async function readPrivateMessage(suite: CiphersuiteImpl, live: ClientState, message: PrivateMessage) {
  try {
    const read = await processPrivateMessage(live, message, emptyPskIndex, suite);
    return read.kind === 'applicationMessage' ? read : 'refused';
  } catch (error) {
    return isRepetition(error) ? 'repeated' : 'refused';
  }
}

function treeOf(live: ClientState, epoch: bigint) {
  if (epoch === live.groupContext.epoch) return live.ratchetTree;
  return live.historicalReceiverData.get(epoch)?.ratchetTree;
}
