import {
  done,
  encode,
  type ErrorCode,
  formatUuid,
  groupInfoUpdate,
  type Outcome,
  refuse,
  utf8,
} from '@phoenix/wire';
import type { ClientEvent } from '../messages/client-event.js';
import type { CommitRequest, StagedCommit } from '../mls/mls-group.js';
import type { OwnLeaf } from '../packages/own-leaf.js';
import { addUsers, removeUsers, updateClient } from '../services/ds-operations.js';
import { type Operation, prepare } from '../services/operation.js';
import type { GraphqlInput } from '../transport/graphql-request.js';
import { leafKey } from './leaf-key.js';
import type { LiveGroup, Session } from './session.js';
import { takeCommit } from './take-commit.js';

/** What the DS answers to a leaf whose group has moved on: another epoch, or no such leaf any more. */
export const MOVED_ON: readonly ErrorCode[] = ['WRONG_EPOCH', 'SIGNATURE_INVALID', 'NOT_FOUND'];

const OPERATIONS = new Map(
  [addUsers, removeUsers, updateClient].map((operation) => [operation.field, operation]),
);

/** A commit to make, and the DS operation that takes it. */
export interface Proposed {
  readonly operation: Operation<void>;
  readonly request: CommitRequest;
  /** What our leaf becomes, when the commit replaces it. */
  readonly nextLeaf?: OwnLeaf;
  /** What the operation wants besides commit and GroupInfo update. */
  readonly extra?: (staged: StagedCommit) => Record<string, GraphqlInput>;
}

/**
 * Makes a commit, saves it with the request that carries it, and hands it to the DS. It becomes the group's state only when
 * the DS has taken it. Refuses with WRONG_EPOCH when the group has moved on, and with UNAVAILABLE when no answer came: then
 * the commit stays pending until the queue, or `settleCommit`, tells what became of it.
 */
export async function proposeCommit(
  session: Session,
  live: LiveGroup,
  { operation, request, nextLeaf, extra }: Proposed,
): Promise<Outcome<ClientEvent[]>> {
  const staged = await live.mls.stageCommit(request);
  if (staged === undefined) return refuse('INVALID_COMMIT', { rule: 'client.commit.invalid' });
  const body = prepare(operation, {
    groupId: formatUuid(live.record.id.uuid),
    earKey: live.record.keys.earKey,
    commit: staged.commit,
    groupInfoUpdate: encode(groupInfoUpdate, staged.groupInfoUpdate),
    ...extra?.(staged),
  });
  session.touch(live, { pending: { field: utf8(operation.field), body }, nextLeaf });
  await session.save();
  return settleCommit(session, live);
}

/**
 * Brings a commit that is pending to its end: sends the same request again, and takes or drops the commit by the answer. Where
 * the answer does not tell it stays pending.
 */
export async function settleCommit(session: Session, live: LiveGroup): Promise<Outcome<ClientEvent[]>> {
  const { pending } = live.record;
  if (pending === undefined) return done([]);
  const operation = OPERATIONS.get(new TextDecoder().decode(pending.field));
  if (operation === undefined) throw new Error('a pending commit of no known operation');
  const answer = await session.context.ds.send(operation, pending.body, leafKey(live));
  if (!answer.ok && isUnknown(answer.refusal.code)) return answer;
  if (!answer.ok) {
    await dropCommit(session, live);
    return answer;
  }
  const now = session.context.clock.now();
  const taken = await takeCommit(session, live, () => live.mls.mergePendingCommit(), now);
  if (taken.ok) await session.save();
  return taken;
}

/** Gives up a commit that is not the group's. */
export async function dropCommit(session: Session, live: LiveGroup): Promise<void> {
  if (live.record.pending === undefined) return;
  await live.mls.discardPendingCommit();
  session.touch(live, { pending: undefined, nextLeaf: undefined });
  await session.save();
}

/**
 * After no answer, or a fault in the middle of it, the commit may be the group's or not. Nor does it say more that the group has
 * moved on: the DS knows a winner's retry until the next commit only, and that one may be on top of ours. The queue tells.
 */
function isUnknown(code: ErrorCode): boolean {
  return code === 'UNAVAILABLE' || code === 'INTERNAL' || MOVED_ON.includes(code);
}
