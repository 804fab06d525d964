import { decode, encode, utf8 } from '@phoenix/wire';
import { framedContentTbs } from '../codec/authenticated-content.js';
import type { Commit } from '../codec/commit.js';
import type { Extension } from '../codec/extension.js';
import type { FramedContent } from '../codec/framed-content.js';
import type { GroupContext } from '../codec/group-context.js';
import { groupInfoTbs } from '../codec/group-info.js';
import type { UnverifiedKeyPackage } from '../codec/key-package.js';
import type { LeafNode } from '../codec/leaf-node.js';
import type { Proposal } from '../codec/proposal.js';
import { MLS10 } from '../codec/protocol-version.js';
import { type PublicMessage, publicMessageCodec } from '../codec/public-message.js';
import type { UpdatePath } from '../codec/update-path.js';
import { WireFormat } from '../codec/wire-format.js';
import { createPublicGroup } from '../group/create-public-group.js';
import type { GroupInfoUpdate } from '../group/group-info-update.js';
import { processCommit, type StagedCommit } from '../group/process-commit.js';
import type { PlacedLeaf } from '../group/proposal-list.js';
import type { PublicGroup } from '../group/public-group.js';
import type { StoredProposal } from '../group/stored-proposal.js';
import { StoredNode } from '../tree/stored-node.js';
import { leafHash } from '../tree/tree-hash.js';
import { encodeRatchetTree, decodeRatchetTree } from '../tree/unverified-ratchet-tree.js';
import type { Checked } from '../validation/checked.js';
import { buildKeyPackage, type BuiltKeyPackage, type KeyPackageFields } from './build-key-package.js';
import { nodeMlsCrypto } from './node-mls-crypto.js';
import { buildPath, externalPub } from './build-path.js';
import { SeededBytes } from './seeded-bytes.js';
import { type SigningKey, signingKey } from './signing-key.js';

/** What a scripted commit does; a path is made unless `path` is false. */
export interface ScriptedCommit {
  readonly committer: number;
  readonly add?: readonly UnverifiedKeyPackage[];
  readonly remove?: readonly number[];
  readonly extensions?: Extension[];
  readonly proposals?: readonly Proposal[];
  /** Named by reference, after all others. */
  readonly references?: readonly StoredProposal[];
  readonly path?: boolean;
  readonly authenticatedData?: Uint8Array;
  /** Changes the path before it is signed into the commit. */
  readonly alter?: (path: UpdatePath) => UpdatePath;
  /** The committer signs its new leaf with a new key. */
  readonly newSigner?: SigningKey;
}

/**
 * A group whose members have signature keys and no secrets: its commits satisfy every rule of the public half, at any
 * size and in no time, and nobody could decrypt them. Everything follows from the seed.
 */
export class ScriptedGroup {
  readonly crypto = nodeMlsCrypto();
  readonly signers = new Map<number, SigningKey>();
  readonly random: SeededBytes;
  readonly now = 1_000_000;
  group: PublicGroup;
  #packages: number;

  constructor(seed = 1, extensions: Extension[] = [], creator: KeyPackageFields = {}) {
    this.random = new SeededBytes(seed);
    this.#packages = seed * 100_000;
    const { keyPackage, signer } = this.keyPackage(creator);
    this.signers.set(0, signer);
    this.group = this.#create(keyPackage, signer, extensions);
  }

  /** A fresh client's KeyPackage. */
  keyPackage(fields: KeyPackageFields = {}): BuiltKeyPackage {
    return buildKeyPackage({ seed: this.#packages++, ...fields });
  }

  /** The signed commit; the group stays as it is. */
  commit(script: ScriptedCommit): PublicMessage {
    const proposals: Proposal[] = [
      ...(script.extensions
        ? [{ type: 'group_context_extensions', extensions: script.extensions } as const]
        : []),
      ...(script.remove ?? []).map((removed) => ({ type: 'remove', removed }) as const),
      ...(script.add ?? []).map((keyPackage) => ({ type: 'add', keyPackage }) as const),
      ...(script.proposals ?? []),
    ];
    const path = script.path === false ? undefined : this.#path(script);
    const byValue = proposals.map((proposal) => ({ type: 'proposal', proposal }) as const);
    const byReference = (script.references ?? []).map(
      ({ ref }) => ({ type: 'reference', reference: ref }) as const,
    );
    const commit = { proposals: [...byValue, ...byReference], path };
    return this.sign(script.committer, commit, script.authenticatedData);
  }

  /** Any commit, signed by a member for the current epoch, with tags of the right length. */
  sign(committer: number, commit: Commit, authenticatedData: Uint8Array = new Uint8Array(0)): PublicMessage {
    return this.signContent(this.signers.get(committer)!, {
      groupId: this.group.groupId,
      epoch: this.group.epoch,
      sender: { type: 'member', leafIndex: committer },
      authenticatedData,
      body: { type: 'commit', commit },
    });
  }

  /** Any content, signed, with tags of the right length where its kind has them. */
  signContent(signer: SigningKey, content: FramedContent): PublicMessage {
    const tbs = framedContentTbs(WireFormat.publicMessage, content, this.group.groupContext);
    const signature = signer.signWithLabel('FramedContentTBS', tbs);
    const confirmationTag = content.body.type === 'commit' ? this.random.bytes(32) : undefined;
    const membershipTag = content.sender.type === 'member' ? this.random.bytes(32) : undefined;
    return { content, auth: { signature, confirmationTag }, membershipTag };
  }

  process(
    message: PublicMessage,
    proposals: readonly StoredProposal[] = [],
    maxLeaves = 8192,
  ): Checked<StagedCommit> {
    const { crypto, now } = this;
    return processCommit(this.group, received(message), { crypto, now, maxLeaves, proposals });
  }

  /** Makes a commit that must hold, and follows it. */
  apply(script: ScriptedCommit): StagedCommit {
    const staged = this.process(this.commit(script), script.references);
    if (!staged.ok) throw new Error(`refused: ${staged.rule}`);
    this.group = staged.value.group;
    for (const { leafIndex } of staged.value.removed) this.signers.delete(leafIndex);
    if (script.newSigner) this.signers.set(script.committer, script.newSigner);
    return staged.value;
  }

  /** Adds fresh clients in one commit; returns their leaves. */
  add(count: number, committer = 0, path = true): number[] {
    const built = Array.from({ length: count }, () => this.keyPackage());
    const { added } = this.apply({ committer, path, add: built.map(({ keyPackage }) => keyPackage) });
    for (const [i, { leafIndex }] of added.entries()) this.signers.set(leafIndex, built[i]!.signer);
    return added.map(({ leafIndex }) => leafIndex);
  }

  /** The GroupInfo update that a member signs for a state. */
  groupInfoUpdate(
    signer: number,
    group = this.group,
    extensions: Extension[] = [externalPub(this.random.bytes(32))],
  ): GroupInfoUpdate {
    const { groupContext, confirmationTag } = group;
    const tbs = groupInfoTbs({ groupContext, extensions, confirmationTag, signer });
    return { extensions, signature: this.signers.get(signer)!.signWithLabel('GroupInfoTBS', tbs) };
  }

  newSigningKey(): SigningKey {
    return signingKey(this.random.bytes(32));
  }

  #path(script: ScriptedCommit): UpdatePath {
    const { group, crypto, random } = this;
    const { committer, add = [], remove = [], newSigner, references = [], alter = (path) => path } = script;
    const signer = newSigner ?? this.signers.get(committer)!;
    const leaf = group.leaf(committer) as LeafNode;
    const named = references.map(({ proposal }) => proposal);
    const added = named.flatMap((p) => (p.type === 'add' ? [p.keyPackage] : []));
    const removed = named.flatMap((p) => (p.type === 'remove' ? [p.removed] : []));
    const changes = {
      add: [...add, ...added],
      update: updatesOf(references),
      remove: [...remove, ...removed],
    };
    return alter(buildPath({ group, crypto, random, committer, signer, leaf, ...changes }));
  }

  #create(keyPackage: UnverifiedKeyPackage, signer: SigningKey, extensions: Extension[]): PublicGroup {
    const { leafNode } = keyPackage;
    const leaf = StoredNode.ofLeaf(leafNode);
    const tree = decodeRatchetTree(encodeRatchetTree({ nodes: [leaf] }), 1);
    const groupContext: GroupContext = {
      version: MLS10,
      cipherSuite: 1,
      groupId: utf8('a group'),
      epoch: 0n,
      treeHash: leafHash(this.crypto, 0, leaf),
      confirmedTranscriptHash: new Uint8Array(0),
      extensions,
    };
    const content = {
      groupContext,
      extensions: [externalPub(this.random.bytes(32))],
      confirmationTag: this.random.bytes(32),
      signer: 0,
    };
    const groupInfo = { ...content, signature: signer.signWithLabel('GroupInfoTBS', groupInfoTbs(content)) };
    const created = createPublicGroup(groupInfo, tree, { crypto: this.crypto, cipherSuites: [1] });
    if (!created.ok) throw new Error(`refused: ${created.rule}`);
    return created.value;
  }
}

/** A message by way of the wire, as a server gets it. */
export function received(message: PublicMessage): PublicMessage {
  return decode(publicMessageCodec, encode(publicMessageCodec, message));
}

function updatesOf(proposals: readonly StoredProposal[]): PlacedLeaf[] {
  return proposals.flatMap(({ proposal, sender }) =>
    proposal.type === 'update' && sender.type === 'member'
      ? [{ leafIndex: sender.leafIndex, leaf: proposal.leafNode }]
      : [],
  );
}
