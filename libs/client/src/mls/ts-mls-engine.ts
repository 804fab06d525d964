import { EXTENSION_LAST_RESORT } from '@phoenix/wire';
import {
  createGroup,
  emptyPskIndex,
  generateKeyPackageWithKey,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  type CiphersuiteImpl,
  type ClientConfig,
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
import { decodeWhole, fromTsMlsExtension, readMessage, toTsMlsExtension } from './mls-bytes.js';
import type {
  CreateGroupRequest,
  KeyPackageRequest,
  KeyPackageWithKeys,
  MlsEngine,
  MlsExtension,
  MlsLifetime,
  OwnLeaf,
  WelcomeContents,
} from './mls-engine.js';
import type { MlsGroup } from './mls-group.js';
import { CAPABILITIES, MLS_SUITE } from './mls-suite.js';
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
    const { publicPackage, privatePackage } = await this.keyPackage(request, request.lifetime, extensions);
    const privateKeys = encodePrivateKeys(privatePackage);
    for (const key of Object.values(privatePackage) as Uint8Array[]) key.fill(0);
    const ref = await makeKeyPackageRef(publicPackage, this.suite.hash);
    return { keyPackage: encodeKeyPackage(publicPackage), ref, privateKeys };
  }

  async createGroup(request: CreateGroupRequest): Promise<MlsGroup> {
    const { publicPackage, privatePackage } = await this.keyPackage(request, request.lifetime, []);
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
    return new TsMlsGroup(this.suite, { live, pending: undefined });
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
    return live && new TsMlsGroup(this.suite, { live, pending: undefined });
  }

  async restoreGroup(serialized: Uint8Array): Promise<MlsGroup> {
    return new TsMlsGroup(this.suite, deserializeGroup(serialized, this.config));
  }

  private keyPackage(leaf: OwnLeaf, lifetime: MlsLifetime, extensions: readonly MlsExtension[]) {
    const { publicKey, privateKey } = leaf.signatureKeys;
    return generateKeyPackageWithKey(
      { credentialType: 'basic', identity: leaf.identity },
      CAPABILITIES,
      lifetime,
      extensions.map(toTsMlsExtension),
      { publicKey, signKey: privateKey.slice() },
      this.suite,
    );
  }
}
