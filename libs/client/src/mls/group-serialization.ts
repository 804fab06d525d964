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
import type { LiveGroup } from './pending-proposals.js';

/** A group in a ClientStore: format, live state, what is proposed, and the commit that waits for the DS's word. */
const serializedGroup = struct({
  format: enumeration({ tsMls2: 2 }),
  live: opaque(),
  proposals: list(
    struct({
      removes: u32,
      sender: enumeration({ member: 1, external: 2 }),
      message: opaque(),
      ref: opaque(),
    }),
  ),
  pending: optional(
    struct({
      commit: opaque(),
      welcome: optional(opaque()),
      groupInfoUpdate: struct({ extensions: opaque(), signature: opaque() }),
      epoch: u64,
      authenticatedData: opaque(),
      removed: list(u32),
      references: list(opaque()),
      next: opaque(),
    }),
  ),
});

export interface StoredGroup extends LiveGroup {
  readonly pending: PendingCommit | undefined;
}

export function serializeGroup({ live, proposals, pending }: StoredGroup): Uint8Array {
  const states = [encodeGroupState(live), ...(pending ? [encodeGroupState(pending.next)] : [])] as const;
  const bytes = encode<CodecValue<typeof serializedGroup>>(serializedGroup, {
    format: 'tsMls2',
    live: states[0],
    proposals: [...proposals],
    pending: pending && {
      ...pending.staged,
      authenticatedData: pending.authenticatedData,
      removed: [...pending.removed],
      references: [...pending.references],
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
  const { proposals } = stored;
  if (stored.pending === undefined) return { live, proposals, pending: undefined };
  const { authenticatedData, removed, references, next, ...staged } = stored.pending;
  const pending = { staged, authenticatedData, removed, references, next: stateOf(next, config) };
  return { live, proposals, pending };
}

function stateOf(bytes: Uint8Array, config: ClientConfig): ClientState {
  const state = decodeWhole(decodeGroupState, bytes);
  if (state === undefined) throw new RangeError('not a group state');
  return { ...state, clientConfig: config };
}
