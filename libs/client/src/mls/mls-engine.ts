import type { MlsGroup, StagedCommit } from './mls-group.js';

/** An `Extension` of RFC 9420 §7.2: its code point and its content. */
export interface MlsExtension {
  readonly type: number;
  readonly data: Uint8Array;
}

/** An Ed25519 key pair as it travels between us and the engine: 32 bytes each, the private half the seed. */
export interface MlsSignatureKeys {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

/** `Lifetime` of RFC 9420 §7.2, UTC seconds. */
export interface MlsLifetime {
  readonly notBefore: bigint;
  readonly notAfter: bigint;
}

/** What makes a leaf ours: the identity of its basic credential and the key that signs for it. */
export interface OwnLeaf {
  readonly identity: Uint8Array;
  readonly signatureKeys: MlsSignatureKeys;
}

export interface KeyPackageRequest extends OwnLeaf {
  readonly lifetime: MlsLifetime;
  /** KeyPackage extensions: the queue config. The last-resort marker is added by `lastResort`. */
  readonly extensions: readonly MlsExtension[];
  readonly lastResort: boolean;
}

/** A KeyPackage with what opens a Welcome to it. */
export interface KeyPackageWithKeys {
  /** The bare `KeyPackage` (RFC 9420 §10), as an AddPackage holds it. */
  readonly keyPackage: Uint8Array;
  /** `KeyPackageRef` (RFC 9420 §5.2), by which a Welcome names it. */
  readonly ref: Uint8Array;
  /** Init, encryption and signature private keys in the engine's own encoding. Secret: wipe when the package is retired. */
  readonly privateKeys: Uint8Array;
}

export interface CreateGroupRequest extends OwnLeaf {
  /** The encoded `GroupId`. */
  readonly groupId: Uint8Array;
  readonly lifetime: MlsLifetime;
  /** GroupContext extensions: `external_senders` and 0xF0A0. */
  readonly extensions: readonly MlsExtension[];
}

/** What a Welcome's encrypted GroupInfo says before its group has been joined. */
export interface WelcomeContents {
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  /** GroupInfo extensions: 0xF0A1 is among them. Secret. */
  readonly extensions: readonly MlsExtension[];
  /** All of it as the bare `GroupInfo`; its signature is not checked yet. Secret. */
  readonly groupInfo: Uint8Array;
}

/** An external commit to make (RFC 9420 §12.4.3.2), from what the DS told of the group. */
export interface ExternalJoinRequest {
  /** MLSMessage with the GroupInfo of the current epoch, with external_pub. */
  readonly groupInfo: Uint8Array;
  /** `optional<Node> ratchet_tree<V>`. */
  readonly ratchetTree: Uint8Array;
  /** The leaf to join with. */
  readonly ownLeaf: OwnLeaf;
  /** The leaf that ours replaces when we come back: it must have the same pseudonym. Undefined to join anew. */
  readonly resync: { readonly leaf: number } | undefined;
  readonly authenticatedData: Uint8Array;
  /** The DS's verifying key: the one external sender that the group may have. */
  readonly externalSender: Uint8Array;
}

/**
 * An external commit that has been made, for the DS. `group` is the group as it will be: use it once the DS has accepted
 * the commit, keep it by its `serialize` until then, and drop it when another commit was first. The echo of the commit is
 * `past` to it.
 */
export interface StagedExternalJoin {
  /** MLSMessage with a PublicMessage. */
  readonly commit: Uint8Array;
  readonly groupInfoUpdate: StagedCommit['groupInfoUpdate'];
  /** The epoch that it leads to. */
  readonly epoch: bigint;
  /** The leaf that we take: the leftmost blank one, not always the one that we had. */
  readonly ownLeaf: number;
  readonly group: MlsGroup;
}

/**
 * A client's half of RFC 9420 with the secrets in it: the one door to whatever library does it. Everything is in suite
 * MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519 with basic credentials. Bytes from others that do not hold up make the
 * reading operations answer `undefined`; wrong use throws.
 */
export interface MlsEngine {
  generateKeyPackage(request: KeyPackageRequest): Promise<KeyPackageWithKeys>;

  /** A group of one at epoch 0. */
  createGroup(request: CreateGroupRequest): Promise<MlsGroup>;

  /** The KeyPackageRefs that a Welcome (MLSMessage) is for. */
  welcomeRecipients(welcome: Uint8Array): readonly Uint8Array[] | undefined;

  /** Opens a Welcome (MLSMessage) as far as it goes without the ratchet tree, which the keys in it are needed to fetch. */
  openWelcome(welcome: Uint8Array, keys: KeyPackageWithKeys): Promise<WelcomeContents | undefined>;

  /** Joins by a Welcome (MLSMessage) and the tree of its epoch (`optional<Node> ratchet_tree<V>`). */
  joinGroup(
    welcome: Uint8Array,
    keys: KeyPackageWithKeys,
    ratchetTree: Uint8Array,
  ): Promise<MlsGroup | undefined>;

  /** Joins without a Welcome, or comes back. Undefined where what the DS told does not hold. */
  joinByExternalCommit(request: ExternalJoinRequest): Promise<StagedExternalJoin | undefined>;

  /** A group as `MlsGroup.serialize` wrote it. Throws where that is not what it is given: the store is our own. */
  restoreGroup(serialized: Uint8Array): Promise<MlsGroup>;
}
