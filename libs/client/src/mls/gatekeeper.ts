import {
  createPublicGroup,
  decodeRatchetTree,
  extensionsCodec,
  type GroupInfo,
  groupInfoCodec,
  keyPackageCodec,
  type MlsCrypto,
  type MlsMessage,
  mlsMessageCodec,
  MLS_128_DHKEMX25519_AES128GCM_SHA256_ED25519 as SUITE,
  processCommit,
  type PublicGroup,
  type PublicMessage,
  type StagedCommit,
  verifyKeyPackage,
  withGroupInfoUpdate,
} from '@phoenix/mls';
import { decode, tryDecode } from '@phoenix/wire';
import type { StagedCommit as OwnCommit } from './mls-group.js';

/** The largest tree that is accepted, in leaves: more than any delivery service has been tested with. */
const MAX_LEAVES = 8_192;

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
    const message = tryDecode(() => decode(mlsMessageCodec, bytes));
    return message?.type === type ? (message as Extract<MlsMessage, { type: T }>) : undefined;
  }

  /** Whether a bare KeyPackage may be added at `nowMs`. */
  isKeyPackage(bytes: Uint8Array, nowMs: number): boolean {
    const keyPackage = tryDecode(() => decode(keyPackageCodec, bytes));
    const context = { crypto: this.crypto, cipherSuite: SUITE, now: seconds(nowMs) };
    return keyPackage !== undefined && verifyKeyPackage(keyPackage, context).ok;
  }

  /** The group that a bare GroupInfo and a ratchet tree describe. */
  group(groupInfo: Uint8Array, ratchetTree: Uint8Array): PublicGroup | undefined {
    return tryDecode(() => this.describedGroup(decode(groupInfoCodec, groupInfo), ratchetTree));
  }

  /** The group that a GroupInfo (MLSMessage) of our own describes. */
  ownGroup(groupInfo: Uint8Array, ratchetTree: Uint8Array): PublicGroup | undefined {
    const message = this.message(groupInfo, 'groupInfo');
    return message && tryDecode(() => this.describedGroup(message.groupInfo, ratchetTree));
  }

  /** What a commit makes of the group. `acceptedAtMs` is when its KeyPackages' lifetimes count. */
  commit(group: PublicGroup, commit: PublicMessage, acceptedAtMs: number): StagedCommit | undefined {
    const context = { crypto: this.crypto, now: seconds(acceptedAtMs), maxLeaves: MAX_LEAVES };
    const checked = processCommit(group, commit, context);
    return checked.ok ? checked.value : undefined;
  }

  /** What a commit of ours makes of the group, if a delivery service will take it with its GroupInfo. */
  ownCommit(
    group: PublicGroup,
    { commit, groupInfoUpdate }: OwnCommit,
    nowMs: number,
  ): PublicGroup | undefined {
    const message = this.message(commit, 'publicMessage');
    const staged = message && this.commit(group, message.publicMessage, nowMs);
    if (staged === undefined) return undefined;
    const update = {
      extensions: decode(extensionsCodec, groupInfoUpdate.extensions),
      signature: groupInfoUpdate.signature,
    };
    const checked = withGroupInfoUpdate(staged.group, staged.committer, update, this.crypto);
    return checked.ok ? checked.value : undefined;
  }

  private describedGroup(groupInfo: GroupInfo, ratchetTree: Uint8Array): PublicGroup | undefined {
    const tree = decodeRatchetTree(ratchetTree, MAX_LEAVES);
    const checked = createPublicGroup(groupInfo, tree, { crypto: this.crypto, cipherSuites: [SUITE] });
    return checked.ok ? checked.value : undefined;
  }
}

const seconds = (ms: number) => Math.floor(ms / 1_000);
