import { type Extension, ExtensionType, externalSendersCodec, groupContextCodec } from '@phoenix/mls';
import { type ClientId, encode, EXTENSION_GROUP_POLICY, groupPolicy } from '@phoenix/wire';
import type { TakenCommit } from '../../groups/follow-members.js';
import { brokenPolicy, policyBefore } from '../../groups/follow-policy.js';
import type { MemberRecord, Openness } from '../../groups/group-record.js';
import type { GroupRule } from '../../groups/group-rule.js';
import type { MlsMember, PendingProposal } from '../../mls/mls-group.js';

/** 32 bytes that are all that number. */
export const bytes = (value: number): Uint8Array => new Uint8Array(32).fill(value);
const clientOf = (value: number): ClientId => ({
  user: { uuid: new Uint8Array(16).fill(value), domain: 'example.com' },
  uuid: new Uint8Array(16).fill(value),
});

/** A member whose pseudonym, keys and ids are all made of one number. */
export function member(leaf: number, name: number, pseudonym: Uint8Array = bytes(name)): MemberRecord {
  return {
    leaf,
    signatureKey: bytes(name),
    pseudonym,
    clientId: clientOf(name),
    credentialKey: bytes(name),
    profileKeys: [bytes(name)],
    vouchers: [],
    revoked: 0,
    leftIn: undefined,
  };
}
export const leafOf = ({ leaf, signatureKey }: MemberRecord): MlsMember => ({
  leaf,
  signatureKey,
  identity: new Uint8Array(),
});

/** The external_senders that list one key, made of a number. */
export const senders = (key: number): Extension => ({
  type: ExtensionType.externalSenders,
  data: encode(externalSendersCodec, [
    { signatureKey: bytes(key), credential: { type: 'basic', identity: new Uint8Array(1) } },
  ]),
});
/** The GroupPolicy that lists these. */
export const policy = (...admins: readonly MemberRecord[]): Extension => ({
  type: EXTENSION_GROUP_POLICY,
  data: encode(groupPolicy, { admins: admins.map(({ pseudonym }) => pseudonym) }),
});
const context = (...extensions: Extension[]) => ({
  groupContext: () =>
    encode(groupContextCodec, {
      version: 1,
      cipherSuite: 1,
      groupId: bytes(1),
      epoch: 5n,
      treeHash: bytes(2),
      confirmedTranscriptHash: bytes(3),
      extensions,
    } as never),
});

/** The number of the DS's key. */
export const DS = 99;
/** Alice administers the group, the others do not; Dave is not in it. */
export const [alice, bob, carol, dave] = [member(0, 1), member(1, 2), member(2, 3), member(3, 4)];
export const everyone = [alice, bob, carol];

export interface Circumstances {
  readonly before?: readonly MemberRecord[];
  readonly open?: Openness;
  /** The GroupContext's extensions before and after. */
  readonly then?: Extension[];
  readonly now?: Extension[];
}

/** What breaks when `change` is made of a group that Alice administers, by default by Bob, who is no admin. */
export function breaks(
  change: Partial<TakenCommit>,
  after: readonly MemberRecord[],
  { before = everyone, open, then = [senders(DS), policy(alice)], now = then }: Circumstances = {},
): GroupRule | undefined {
  const commit: TakenCommit = {
    kind: 'applied',
    committer: bob.leaf,
    external: false,
    proposed: [],
    authenticatedData: new Uint8Array(),
    added: [],
    removed: [],
    updated: [],
    ...change,
  };
  return brokenPolicy(policyBefore(context(...then), before, open), commit, context(...now), after);
}
/** The same after it has left. */
export const gone = (one: MemberRecord): MemberRecord => ({ ...one, leftIn: 5n });
/** The DS's proposal to remove it. */
export const proposedFor = (one: MemberRecord): PendingProposal => ({
  removes: one.leaf,
  sender: 'external',
  message: new Uint8Array(),
});
