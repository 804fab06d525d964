import {
  createPublicGroup,
  decodeRatchetTree,
  encodeRatchetTree,
  type Extension,
  extensionsCodec,
  ExtensionType,
  externalSendersCodec,
  type GroupInfo,
  groupInfoTbs,
  keyPackageRef,
  type LeafNode,
  type Lifetime,
  mlsMessageCodec,
  processCommit,
  type PublicGroup,
  type PublicMessage,
  type UpdatePath,
} from '@phoenix/mls';
import { buildLeafNode, externalPub, ScriptedGroup, type SigningKey } from '@phoenix/mls/testing';
import {
  commitAad,
  encode,
  EXTENSION_GROUP_POLICY,
  groupId,
  groupInfoUpdate,
  groupPolicy,
  leafValidity,
  sealedQueueConfig,
  utf8,
} from '@phoenix/wire';
import type { AddUsersInput } from '../service/parse-commit.js';
import type { CreateGroupInput } from '../service/parse-group.js';
import type { CommitScript, MadeCommit } from './commit-script.js';
import type { DsUnderTest } from './ds-under-test.js';
import {
  encodedKeys,
  HOME,
  identityOf,
  scriptedClient,
  type ScriptedClient,
  someKeys,
} from './scripted-client.js';

/** A group's members, who have signature keys and no secrets, and what they make for a DS. */
export class ScriptedMembers {
  readonly earKey: Uint8Array;
  readonly members = new Map<number, ScriptedClient>();
  readonly uuid: Uint8Array;
  readonly ticket: Uint8Array;
  readonly scripted: ScriptedGroup;
  #bodies = 0;

  /** @param lifetime of the creator's leaf. */
  constructor(
    readonly ds: DsUnderTest,
    lifetime?: Lifetime,
  ) {
    const { crypto, clock } = ds;
    this.earKey = crypto.random.bytes(32);
    const offer = ds.requestGroupId.execute();
    this.uuid = offer.groupId;
    this.ticket = offer.ticket;
    const creator = scriptedClient(crypto, clock.now());
    this.members.set(0, creator);
    this.scripted = new ScriptedGroup(
      Buffer.from(crypto.random.bytes(4)).readUInt32BE(),
      this.contextExtensions(),
      {
        signer: creator.signer,
        identity: creator.identity,
        lifetime: lifetime ?? leafValidity(clock.now()),
      },
    );
    this.scripted.group = this.#publicGroup(this.groupInfo());
  }

  /** The group's GroupContext extensions with these admins. */
  contextExtensions(admins: readonly Uint8Array[] = [this.member(0).pseudonym]): Extension[] {
    const sender = { signatureKey: this.ds.keys.verifyingKey, credential: basic(utf8('ds')) };
    return [
      { type: ExtensionType.externalSenders, data: encode(externalSendersCodec, [sender]) },
      { type: EXTENSION_GROUP_POLICY, data: encode(groupPolicy, { admins: [...admins] }) },
    ];
  }

  member(leaf: number): ScriptedClient {
    return this.members.get(leaf) as ScriptedClient;
  }

  client(odd: Parameters<typeof scriptedClient>[2] = {}): ScriptedClient {
    return scriptedClient(this.ds.crypto, this.ds.clock.now(), odd);
  }

  /** The first epoch's GroupInfo, signed by the creator. */
  groupInfo(
    changed: { context?: Partial<GroupInfo['groupContext']>; extensions?: Extension[] } = {},
  ): GroupInfo {
    const { group, random } = this.scripted;
    const id = encode(groupId, { uuid: this.uuid, domain: HOME });
    const content = {
      groupContext: { ...group.groupContext, groupId: id, ...changed.context },
      extensions: changed.extensions ?? [externalPub(random.bytes(32))],
      confirmationTag: group.confirmationTag,
      signer: 0,
    };
    const signature = this.member(0).signer.signWithLabel('GroupInfoTBS', groupInfoTbs(content));
    return { ...content, signature };
  }

  creation(changed: Partial<CreateGroupInput> = {}): CreateGroupInput {
    const creator = this.member(0);
    return {
      groupId: this.uuid,
      ticket: this.ticket,
      earKey: this.earKey.slice(),
      groupInfo: encode(mlsMessageCodec, { type: 'groupInfo', groupInfo: this.groupInfo() }),
      ratchetTree: encodeRatchetTree(this.scripted.group.tree),
      memberKeys: encodedKeys(creator),
      queueConfig: encode(sealedQueueConfig, creator.queue),
      open: false,
      ...changed,
    };
  }

  /** Makes a commit and all that goes with it. */
  make(script: CommitScript): MadeCommit {
    const { committer = 0, add = [] } = script;
    const own =
      script.renewed ??
      (script.pseudonym === undefined ? undefined : this.#renewed(committer, script.pseudonym));
    const message = this.#message(script, own);
    const now = Math.floor(this.ds.clock.now() / 1000);
    const proposals = script.references ?? [];
    const context = { crypto: this.ds.crypto.mls, now, maxLeaves: 8192, proposals };
    const staged = processCommit(this.scripted.group, message, context);
    const next = staged.ok ? staged.value.group : this.scripted.group;
    const input: AddUsersInput = {
      groupId: this.uuid,
      earKey: this.earKey.slice(),
      commit: encode(mlsMessageCodec, { type: 'publicMessage', publicMessage: message }),
      groupInfoUpdate: this.infoUpdate(committer, next, own?.signer, script.infoExtensions),
      welcome: this.welcome(add),
      attributions: add.map(() => this.ds.crypto.random.bytes(200)),
    };
    const take = (): void => {
      if (!staged.ok) throw new Error(`the script is at fault: ${staged.rule}`);
      this.scripted.group = next;
      for (const { leafIndex } of staged.value.removed) this.put(leafIndex, undefined);
      if (own !== undefined) this.put(committer, own);
      for (const [i, { leafIndex }] of staged.value.added.entries()) this.put(leafIndex, add[i]);
    };
    return { input, body: this.body(), take };
  }

  /** A Welcome to these clients that nobody could open. */
  welcome(clients: readonly ScriptedClient[]): Uint8Array {
    const { random, mls } = this.ds.crypto;
    const secrets = clients.map(({ keyPackage }) => ({
      newMember: keyPackageRef(mls, keyPackage),
      encryptedGroupSecrets: { kemOutput: random.bytes(32), ciphertext: random.bytes(84) },
    }));
    const welcome = { cipherSuite: 1, secrets, encryptedGroupInfo: random.bytes(400) };
    return encode(mlsMessageCodec, { type: 'welcome', welcome });
  }

  /** The path with another leaf: credential and key are the committer's new ones. */
  #renewPath(path: UpdatePath, own: ScriptedClient, leafIndex: number): UpdatePath {
    const { encryptionKey, source } = path.leafNode;
    const position = { groupId: this.scripted.group.groupId, leafIndex };
    const fields = { encryptionKey, source, credential: basic(own.identity) };
    return { ...path, leafNode: buildLeafNode(own.signer, fields, position) };
  }

  #renewed(leaf: number, pseudonym: Uint8Array): ScriptedClient {
    const { crypto, clock } = this.ds;
    const { queue } = this.member(leaf);
    const identity = identityOf(crypto, pseudonym, clock.now());
    return { ...this.client(), pseudonym, queue, identity, keys: someKeys(crypto) };
  }

  /** The GroupInfoUpdate that a committer signs. */
  infoUpdate(committer: number, group: PublicGroup, newSigner?: SigningKey, odd?: Extension[]): Uint8Array {
    const extensions = odd ?? [externalPub(this.ds.crypto.random.bytes(32))];
    const { groupContext, confirmationTag } = group;
    const tbs = groupInfoTbs({ groupContext, extensions, confirmationTag, signer: committer });
    const signature = (newSigner ?? this.member(committer).signer).signWithLabel('GroupInfoTBS', tbs);
    return encode(groupInfoUpdate, { extensions: encode(extensionsCodec, extensions), signature });
  }

  #publicGroup(groupInfo: GroupInfo): PublicGroup {
    const tree = decodeRatchetTree(encodeRatchetTree(this.scripted.group.tree), 1);
    const created = createPublicGroup(groupInfo, tree, { crypto: this.ds.crypto.mls, cipherSuites: [1] });
    if (!created.ok) throw new Error(`the script is at fault: ${created.rule}`);
    return created.value;
  }

  /** Who has a leaf from then on. */
  put(leaf: number, client: ScriptedClient | undefined): void {
    if (client === undefined) {
      this.members.delete(leaf);
      this.scripted.signers.delete(leaf);
    } else {
      this.members.set(leaf, client);
      this.scripted.signers.set(leaf, client.signer);
    }
  }

  #message(script: CommitScript, own: ScriptedClient | undefined): PublicMessage {
    const { committer = 0, add = [], remove = [], admins } = script;
    const extensions = script.contextExtensions ?? (admins && this.contextExtensions(admins));
    const aad = {
      added: add.map(({ keys }) => keys),
      own: own?.keys,
      ownQueueConfig: undefined,
      ...script.aad,
    };
    const authenticatedData = script.authenticatedData ?? encode(commitAad, aad);
    if (script.commit !== undefined) return this.scripted.sign(committer, script.commit, authenticatedData);
    const alter = (path: UpdatePath): UpdatePath => {
      const renewed = own === undefined ? path : this.#renewPath(path, own, committer);
      return script.alter?.(renewed) ?? renewed;
    };
    return this.scripted.commit({
      committer,
      add: add.map(({ keyPackage }) => keyPackage),
      remove,
      authenticatedData,
      alter,
      references: script.references ?? [],
      ...(extensions && { extensions }),
      ...(own && { newSigner: own.signer }),
      ...(script.path === undefined ? {} : { path: script.path }),
    });
  }

  /** A request body like no other. */
  body(): string {
    return `{"${this.#bodies++}":"${Buffer.from(this.uuid).toString('hex')}"}`;
  }
}

function basic(identity: Uint8Array): LeafNode['credential'] {
  return { type: 'basic', identity };
}
