import {
  type CodecValue,
  decode,
  encode,
  enumeration,
  list,
  opaque,
  optional,
  struct,
  u32,
  u64,
} from '@phoenix/wire';
import { decodeGroupState, encodeGroupState, type ClientConfig, type ClientState } from 'ts-mls';
import { decodeWhole } from './mls-bytes.js';
import type { PendingCommit } from './outgoing-commit.js';

/** A group in a ClientStore: format, live state, and the commit that waits for the DS's word. */
const serializedGroup = struct({
  format: enumeration({ tsMls1: 1 }),
  live: opaque(),
  pending: optional(
    struct({
      commit: opaque(),
      welcome: optional(opaque()),
      groupInfoUpdate: struct({ extensions: opaque(), signature: opaque() }),
      epoch: u64,
      authenticatedData: opaque(),
      removed: list(u32),
      next: opaque(),
    }),
  ),
});

export interface StoredGroup {
  readonly live: ClientState;
  readonly pending: PendingCommit | undefined;
}

export function serializeGroup({ live, pending }: StoredGroup): Uint8Array {
  const states = [encodeGroupState(live), ...(pending ? [encodeGroupState(pending.next)] : [])] as const;
  const bytes = encode<CodecValue<typeof serializedGroup>>(serializedGroup, {
    format: 'tsMls1',
    live: states[0],
    pending: pending && {
      ...pending.staged,
      authenticatedData: pending.authenticatedData,
      removed: [...pending.removed],
      next: states[1]!,
    },
  });
  for (const state of states) state.fill(0);
  return bytes;
}

/** @throws DecodeError, or RangeError where a state in it is not whole */
export function deserializeGroup(bytes: Uint8Array, config: ClientConfig): StoredGroup {
  const stored = decode(serializedGroup, bytes.slice());
  const live = stateOf(stored.live, config);
  if (stored.pending === undefined) return { live, pending: undefined };
  const { authenticatedData, removed, next, ...staged } = stored.pending;
  return { live, pending: { staged, authenticatedData, removed, next: stateOf(next, config) } };
}

function stateOf(bytes: Uint8Array, config: ClientConfig): ClientState {
  const state = decodeWhole(decodeGroupState, bytes);
  if (state === undefined) throw new RangeError('not a group state');
  return { ...state, clientConfig: config };
}
