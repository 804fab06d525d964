import { encode, formatUuid, groupInfoUpdate, type Outcome, refuse, utf8 } from '@phoenix/wire';
import type { CommitRequest, StagedCommit } from '../mls/mls-group.js';
import type { OwnLeaf } from '../packages/own-leaf.js';
import { type Operation, prepare } from '../services/operation.js';
import type { GraphqlInput } from '../transport/graphql-request.js';
import type { LiveGroup, Session } from './session.js';
import { settle } from './settle.js';

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
 * the commit stays pending until the queue, or `settle`, tells what became of it.
 */
export async function proposeCommit(
  session: Session,
  live: LiveGroup,
  { operation, request, nextLeaf, extra }: Proposed,
): Promise<Outcome<void>> {
  const staged = await live.mls.stageCommit(request);
  if (staged === undefined) return refuse('INVALID_COMMIT', { rule: 'client.commit.invalid' });
  const input = {
    commit: staged.commit,
    groupInfoUpdate: encode(groupInfoUpdate, staged.groupInfoUpdate),
    ...extra?.(staged),
  };
  session.touch(live, { nextLeaf });
  return sendRequest(session, live, operation, input);
}

/** Saves a request of a group's, and hands it to the DS: signed anew, it is sent again as it is until it is answered. */
export async function sendRequest(
  session: Session,
  live: LiveGroup,
  operation: Operation<void>,
  input: Record<string, GraphqlInput>,
): Promise<Outcome<void>> {
  const { id, keys } = live.record;
  const body = prepare(operation, { groupId: formatUuid(id.uuid), earKey: keys.earKey, ...input });
  session.touch(live, { pending: { field: utf8(operation.field), body } });
  await session.save();
  return settle(session, live, true);
}
