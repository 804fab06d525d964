import {
  decodePublicGroup,
  decodeStoredProposal,
  encodePublicGroup,
  encodeStoredProposal,
  type PublicGroup,
  type StoredProposal,
} from '@phoenix/mls';
import { type CodecValue, decode, encode, list, opaque, optional, struct } from '@phoenix/wire';

/** What the gatekeeper keeps beside a group: the public half of its epoch and what is proposed in it. */
export interface PublicStates {
  readonly current: PublicGroup;
  /** Verified, in the order in which they came. */
  readonly proposals: readonly StoredProposal[];
  /** Of the epoch that the pending commit leads to. */
  readonly pending: PublicGroup | undefined;
}

/** The first state of an epoch. */
export function beginningWith(current: PublicGroup): PublicStates {
  return { current, proposals: [], pending: undefined };
}

const gatekeptGroup = struct({
  engine: opaque(),
  current: opaque(),
  proposals: list(opaque()),
  pending: optional(opaque()),
});

/** The engine's part and the public states beside it. Secret. */
export function writeGatekeptGroup(
  engine: Uint8Array,
  { current, proposals, pending }: PublicStates,
): Uint8Array {
  return encode<CodecValue<typeof gatekeptGroup>>(gatekeptGroup, {
    engine,
    current: encodePublicGroup(current),
    proposals: proposals.map(encodeStoredProposal),
    pending: pending && encodePublicGroup(pending),
  });
}

/** What `writeGatekeptGroup` wrote. @throws DecodeError */
export function readGatekeptGroup(serialized: Uint8Array): { engine: Uint8Array; states: PublicStates } {
  const { engine, current, proposals, pending } = decode(gatekeptGroup, serialized);
  const publicGroup = (bytes: Uint8Array) => decodePublicGroup(bytes.slice());
  return {
    engine,
    states: {
      current: publicGroup(current),
      proposals: proposals.map((bytes) => decodeStoredProposal(bytes.slice())),
      pending: pending && publicGroup(pending),
    },
  };
}
