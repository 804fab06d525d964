import {
  createPublicGroup,
  decodeRatchetTree,
  extensionsCodec,
  ExtensionType,
  externalSendersCodec,
  findExtension,
  type GroupInfo,
  groupInfoCodec,
  keyPackageCodec,
  type MlsCrypto,
  type MlsMessage,
  mlsMessageCodec,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519 as SUITE,
  processCommit,
  processExternalCommit,
  type PublicGroup,
  type PublicMessage,
  type StoredProposal,
  verifyKeyPackage,
  verifyProposal,
  withGroupInfoUpdate,
} from '@phoenix/mls';
import { decode, equal, tryDecode } from '@phoenix/wire';
import { areTaken, keepsPseudonym } from './delivery-service-rules.js';
import type { ExternalJoinRequest } from './mls-engine.js';
import type { StagedCommit as OwnCommit } from './mls-group.js';
import type { PublicStates } from './public-states.js';

/** The largest tree that is accepted, in leaves: more than any delivery service has been tested with. */
const MAX_LEAVES = 8_192;

/** The longest message that is read, in bytes: no delivery service takes a longer request (docs/protocol §9). */
const MAX_MESSAGE = 4 * 1_024 * 1_024;

/** What a commit makes of a group, and the leaf that signs the next epoch's GroupInfo. */
export interface FollowedCommit {
  readonly group: PublicGroup;
  readonly committer: number;
}

/**
 * What a server checks of MLS, checked by the client before its engine sees it: a client must not check less than the
 * server that it distrusts. Every answer is the value that holds, or undefined.
 */
export class Gatekeeper {
  constructor(private readonly crypto: MlsCrypto) {}

  /** A strict reading of an MLSMessage of the wanted type. */
  message<T extends MlsMessage['type']>(
    bytes: Uint8Array,
    type: T,
  ): Extract<MlsMessage, { type: T }> | undefined {
    if (bytes.length > MAX_MESSAGE) return undefined;
    const message = tryDecode(() => decode(mlsMessageCodec, bytes));
    return message?.type === type ? (message as Extract<MlsMessage, { type: T }>) : undefined;
  }

  /** Whether a bare KeyPackage may be added at `nowMs`. */
  isKeyPackage(bytes: Uint8Array, nowMs: number): boolean {
    const keyPackage = tryDecode(() => decode(keyPackageCodec, bytes));
    const context = { crypto: this.crypto, cipherSuite: SUITE, now: seconds(nowMs) };
    return keyPackage !== undefined && verifyKeyPackage(keyPackage, context).ok;
  }

  /** The group that a bare GroupInfo and a ratchet tree describe; a GroupInfo with a tree in it does not count. */
  group(groupInfo: Uint8Array, ratchetTree: Uint8Array): PublicGroup | undefined {
    return tryDecode(() => this.describedGroup(decode(groupInfoCodec, groupInfo), ratchetTree));
  }

  /** The group that a GroupInfo (MLSMessage) describes. */
  groupOf(groupInfo: Uint8Array, ratchetTree: Uint8Array): PublicGroup | undefined {
    const message = this.message(groupInfo, 'groupInfo');
    return message && tryDecode(() => this.describedGroup(message.groupInfo, ratchetTree));
  }

  /** The group that the DS describes to someone who wants in by an external commit: that DS may propose in it, and nobody else. */
  joinable({ groupInfo, ratchetTree, externalSender }: ExternalJoinRequest): PublicGroup | undefined {
    const group = this.groupOf(groupInfo, ratchetTree);
    const data = group && findExtension(group.groupContext.extensions, ExtensionType.externalSenders);
    const senders = (data && tryDecode(() => decode(externalSendersCodec, data))) ?? [];
    return senders.length === 1 && equal(senders[0]!.signatureKey, externalSender) ? group : undefined;
  }

  /** A proposal that a commit of this epoch may name. */
  proposal(group: PublicGroup, proposal: PublicMessage, acceptedAtMs: number): StoredProposal | undefined {
    const context = { crypto: this.crypto, now: seconds(acceptedAtMs) };
    const checked = verifyProposal(group, proposal, context);
    return checked.ok ? checked.value : undefined;
  }

  /** What a commit makes of the group. `acceptedAtMs` is when its KeyPackages' lifetimes count. */
  commit(
    { current, proposals }: Pick<PublicStates, 'current' | 'proposals'>,
    commit: PublicMessage,
    acceptedAtMs: number,
  ): FollowedCommit | undefined {
    const context = { crypto: this.crypto, now: seconds(acceptedAtMs), maxLeaves: MAX_LEAVES };
    if (commit.content.sender.type === 'new_member_commit') {
      const checked = processExternalCommit(current, commit, context);
      if (!checked.ok || !keepsPseudonym(checked.value) || !areTaken(checked.value.proposals))
        return undefined;
      return { group: checked.value.group, committer: checked.value.joiner };
    }
    const checked = processCommit(current, commit, { ...context, proposals });
    return checked.ok && areTaken(checked.value.proposals) ? checked.value : undefined;
  }

  /** What a commit of ours makes of the group, if a delivery service will take it with its GroupInfo. */
  ownCommit(
    states: Pick<PublicStates, 'current' | 'proposals'>,
    { commit, groupInfoUpdate }: Pick<OwnCommit, 'commit' | 'groupInfoUpdate'>,
    nowMs: number,
  ): PublicGroup | undefined {
    const message = this.message(commit, 'publicMessage');
    const followed = message && this.commit(states, message.publicMessage, nowMs);
    if (followed === undefined) return undefined;
    const update = {
      extensions: decode(extensionsCodec, groupInfoUpdate.extensions),
      signature: groupInfoUpdate.signature,
    };
    const checked = withGroupInfoUpdate(followed.group, followed.committer, update, this.crypto);
    return checked.ok ? checked.value : undefined;
  }

  private describedGroup(groupInfo: GroupInfo, ratchetTree: Uint8Array): PublicGroup | undefined {
    // The engine would take a tree in there for the group's, and that one would be unchecked.
    if (findExtension(groupInfo.extensions, ExtensionType.ratchetTree) !== undefined) return undefined;
    const tree = decodeRatchetTree(ratchetTree, MAX_LEAVES);
    const checked = createPublicGroup(groupInfo, tree, { crypto: this.crypto, cipherSuites: [SUITE] });
    return checked.ok ? checked.value : undefined;
  }
}

const seconds = (ms: number) => Math.floor(ms / 1_000);
