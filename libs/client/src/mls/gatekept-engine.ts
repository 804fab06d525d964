import type { MlsCrypto, PublicGroup } from '@phoenix/mls';
import { Gatekeeper } from './gatekeeper.js';
import { GatekeptGroup } from './gatekept-group.js';
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
import { beginningWith, type PublicStates, readGatekeptGroup } from './public-states.js';

/** An engine that sees only what the public half of MLS has accepted. */
export class GatekeptEngine implements MlsEngine {
  private readonly gatekeeper: Gatekeeper;

  constructor(
    private readonly inner: MlsEngine,
    crypto: MlsCrypto,
    private readonly nowMs: () => number,
  ) {
    this.gatekeeper = new Gatekeeper(crypto);
  }

  generateKeyPackage(request: KeyPackageRequest): Promise<KeyPackageWithKeys> {
    return this.inner.generateKeyPackage(request);
  }

  async createGroup(request: CreateGroupRequest): Promise<MlsGroup> {
    const group = await this.inner.createGroup(request);
    const current = this.gatekeeper.groupOf(await group.groupInfo(), group.ratchetTree());
    if (current === undefined) throw new RangeError('no delivery service would take such a group');
    return this.gatekept(group, beginningWith(current));
  }

  welcomeRecipients(welcome: Uint8Array): readonly Uint8Array[] | undefined {
    return this.gatekeeper.message(welcome, 'welcome') && this.inner.welcomeRecipients(welcome);
  }

  async openWelcome(welcome: Uint8Array, keys: KeyPackageWithKeys): Promise<WelcomeContents | undefined> {
    return this.gatekeeper.message(welcome, 'welcome') && this.inner.openWelcome(welcome, keys);
  }

  async joinGroup(
    welcome: Uint8Array,
    keys: KeyPackageWithKeys,
    ratchetTree: Uint8Array,
  ): Promise<MlsGroup | undefined> {
    const current = await this.welcomedTo(welcome, keys, ratchetTree);
    const group = current && (await this.inner.joinGroup(welcome, keys, ratchetTree));
    return group && this.gatekept(group, beginningWith(current));
  }

  async joinByExternalCommit(request: ExternalJoinRequest): Promise<StagedExternalJoin | undefined> {
    const described = this.gatekeeper.joinable(request);
    if (described === undefined) return undefined;
    const joined = await this.inner.joinByExternalCommit(request);
    if (joined === undefined) return undefined;
    const current = this.gatekeeper.ownCommit(beginningWith(described), joined, this.nowMs());
    return current && { ...joined, group: this.gatekept(joined.group, beginningWith(current)) };
  }

  async restoreGroup(serialized: Uint8Array): Promise<MlsGroup> {
    const { engine, states } = readGatekeptGroup(serialized);
    return this.gatekept(await this.inner.restoreGroup(engine), states);
  }

  private async welcomedTo(
    welcome: Uint8Array,
    keys: KeyPackageWithKeys,
    ratchetTree: Uint8Array,
  ): Promise<PublicGroup | undefined> {
    const contents = await this.openWelcome(welcome, keys);
    return contents && this.gatekeeper.group(contents.groupInfo, ratchetTree);
  }

  private gatekept(group: MlsGroup, states: PublicStates): MlsGroup {
    return new GatekeptGroup(group, this.gatekeeper, this.nowMs, states);
  }
}
