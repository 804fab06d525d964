import { EXTENSION_LAST_RESORT } from '@phoenix/wire';
import {
  createGroup,
  emptyPskIndex,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  type CiphersuiteImpl,
  type ClientConfig,
  type ClientState,
  type CryptoProvider,
} from 'ts-mls';
import { encode } from 'ts-mls/codec/tlsEncoder.js';
import { groupInfoEncoder } from 'ts-mls/groupInfo.js';
import { decodeKeyPackage, encodeKeyPackage, makeKeyPackageRef } from 'ts-mls/keyPackage.js';
import { decodeRatchetTree } from 'ts-mls/ratchetTree.js';
import { attempt } from './attempt.js';
import { clientConfig } from './client-config.js';
import { deserializeGroup } from './group-serialization.js';
import { decodePrivateKeys, encodePrivateKeys } from './key-package-keys.js';
import { joinExternally } from './external-join.js';
import { decodeWhole, fromTsMlsExtension, readMessage, toTsMlsExtension } from './mls-bytes.js';
import type {
  CreateGroupRequest,
  ExternalJoinRequest,
  KeyPackageRequest,
  KeyPackageWithKeys,
  MlsEngine,
  StagedExternalJoin,
  WelcomeContents,
} from './mls-engine.js';
import type { MlsGroup } from './mls-group.js';
import { MLS_SUITE } from './mls-suite.js';
import { groupInfoUpdateOf } from './outgoing-commit.js';
import { ownKeyPackage } from './own-key-package.js';
import { TsMlsGroup } from './ts-mls-group.js';
import { decryptWelcome } from './welcome-contents.js';

/**
 * The engine on ts-mls.
 * @param provider its crypto: `nodeMlsProvider` on Node
 * @param nowMs UTC milliseconds
 */
export async function tsMlsEngine(provider: CryptoProvider, nowMs: () => number): Promise<MlsEngine> {
  const suite = await getCiphersuiteImpl(getCiphersuiteFromName(MLS_SUITE), provider);
  return new TsMlsEngine(suite, clientConfig(nowMs));
}

class TsMlsEngine implements MlsEngine {
  constructor(
    private readonly suite: CiphersuiteImpl,
    private readonly config: ClientConfig,
  ) {}

  async generateKeyPackage(request: KeyPackageRequest): Promise<KeyPackageWithKeys> {
    const lastResort = request.lastResort ? [{ type: EXTENSION_LAST_RESORT, data: new Uint8Array() }] : [];
    const extensions = [...request.extensions, ...lastResort];
    const { publicPackage, privatePackage } = await ownKeyPackage(
      this.suite,
      request,
      request.lifetime,
      extensions,
    );
    const privateKeys = encodePrivateKeys(privatePackage);
    for (const key of Object.values(privatePackage) as Uint8Array[]) key.fill(0);
    const ref = await makeKeyPackageRef(publicPackage, this.suite.hash);
    return { keyPackage: encodeKeyPackage(publicPackage), ref, privateKeys };
  }

  async createGroup(request: CreateGroupRequest): Promise<MlsGroup> {
    const { publicPackage, privatePackage } = await ownKeyPackage(this.suite, request, request.lifetime, []);
    const extensions = request.extensions.map(toTsMlsExtension);
    const { groupId } = request;
    const live = await createGroup(
      groupId,
      publicPackage,
      privatePackage,
      extensions,
      this.suite,
      this.config,
    );
    privatePackage.initPrivateKey.fill(0);
    return groupAt(this.suite, live);
  }

  welcomeRecipients(welcome: Uint8Array): readonly Uint8Array[] | undefined {
    return readMessage(welcome, 'mls_welcome')?.welcome.secrets.map((secrets) => secrets.newMember);
  }

  async openWelcome(welcome: Uint8Array, keys: KeyPackageWithKeys): Promise<WelcomeContents | undefined> {
    const message = readMessage(welcome, 'mls_welcome');
    if (message === undefined) return undefined;
    const own = decodePrivateKeys(keys.privateKeys);
    const info = await attempt(() =>
      decryptWelcome(this.suite, message.welcome, keys.ref, own.initPrivateKey),
    );
    for (const key of Object.values(own) as Uint8Array[]) key.fill(0);
    if (info === undefined) return undefined;
    const { groupId, epoch } = info.groupContext;
    const extensions = info.extensions.map(fromTsMlsExtension);
    return { groupId, epoch, extensions, groupInfo: encode(groupInfoEncoder)(info) };
  }

  async joinGroup(
    welcome: Uint8Array,
    keys: KeyPackageWithKeys,
    ratchetTree: Uint8Array,
  ): Promise<MlsGroup | undefined> {
    const message = readMessage(welcome, 'mls_welcome');
    const tree = decodeWhole(decodeRatchetTree, ratchetTree);
    const keyPackage = decodeWhole(decodeKeyPackage, keys.keyPackage);
    if (message === undefined || tree === undefined || keyPackage === undefined) return undefined;
    const own = decodePrivateKeys(keys.privateKeys);
    const live = await attempt(() =>
      joinGroup(message.welcome, keyPackage, own, emptyPskIndex, this.suite, tree, undefined, this.config),
    );
    own.initPrivateKey.fill(0);
    return live && groupAt(this.suite, live);
  }

  async joinByExternalCommit(request: ExternalJoinRequest): Promise<StagedExternalJoin | undefined> {
    const joined = await joinExternally(this.suite, this.config, request);
    if (joined === undefined) return undefined;
    const { commit, live } = joined;
    const group = groupAt(this.suite, live);
    const groupInfoUpdate = await groupInfoUpdateOf(this.suite, live);
    return { commit, groupInfoUpdate, epoch: group.epoch, ownLeaf: group.ownLeaf, group };
  }

  async restoreGroup(serialized: Uint8Array): Promise<MlsGroup> {
    return new TsMlsGroup(this.suite, deserializeGroup(serialized, this.config));
  }
}

function groupAt(suite: CiphersuiteImpl, live: ClientState): TsMlsGroup {
  return new TsMlsGroup(suite, { live, proposals: [], pending: undefined });
}
