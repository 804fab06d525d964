import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { encode, leafCredential, utf8 } from '@phoenix/wire';
import type {
  ExternalJoinRequest,
  KeyPackageWithKeys,
  MlsEngine,
  MlsExtension,
  OwnLeaf,
  StagedExternalJoin,
} from '../../mls/mls-engine.js';
import type { CommitRequest, MlsGroup, StagedCommit } from '../../mls/mls-group.js';
import { nodeMlsEngine } from '../../mls/node-mls-engine.js';
import { nodeMlsProvider } from '../../mls/node-provider/node-mls-provider.js';
import { tsMlsEngine } from '../../mls/ts-mls-engine.js';
import { ScriptedService } from './scripted-service.js';
import { SeededChoices } from './seeded-choices.js';

export const NOW_MS = Date.UTC(2026, 4, 6, 12);
const WEEK = 7n * 86_400n;
const NOW = BigInt(NOW_MS / 1_000);
export const LIFETIME = { notBefore: NOW - WEEK, notAfter: NOW + 8n * WEEK };

export const GROUP_POLICY: MlsExtension = { type: 0xf0a0, data: new Uint8Array(33).fill(1) };
export const GROUP_KEYS: MlsExtension = { type: 0xf0a1, data: new Uint8Array(96).fill(2) };
export const QUEUE_CONFIG: MlsExtension = { type: 0xf0a2, data: new Uint8Array(40).fill(3) };

/** Clients with what they need around the engine, everything from one seed. For tests. */
export class MlsParty {
  readonly service: ScriptedService;

  private constructor(
    readonly random: SeededChoices,
    readonly clock: TestClock,
    readonly engine: MlsEngine,
  ) {
    this.service = new ScriptedService(random);
  }

  static async of(seed: number): Promise<MlsParty> {
    const random = new SeededChoices(seed);
    const clock = new TestClock(NOW_MS);
    return new MlsParty(random, clock, await nodeMlsEngine(nodeCrypto(random), clock));
  }

  /** An engine that no gatekeeper holds back. */
  ungatedEngine(): Promise<MlsEngine> {
    return tsMlsEngine(nodeMlsProvider(this.random), () => this.clock.now());
  }

  leaf(name: string): OwnLeaf {
    return { identity: utf8(name), signatureKeys: nodeCrypto(this.random).signer.generateKeyPair() };
  }

  /** A leaf as the protocol has them: the same name is the same pseudonym, under other keys each time. */
  pseudonymous(name: string): OwnLeaf {
    const { hash } = nodeCrypto(this.random);
    const identity = encode(leafCredential, {
      pseudonym: hash.sha256(utf8(name)),
      expiration: LIFETIME,
      identityLink: this.random.bytes(64),
    });
    return { ...this.leaf(name), identity };
  }

  async keyPackage(name: string, lastResort = false, leaf = this.leaf(name)): Promise<KeyPackageWithKeys> {
    return this.engine.generateKeyPackage({
      ...leaf,
      lifetime: LIFETIME,
      extensions: [QUEUE_CONFIG],
      lastResort,
    });
  }

  async group(
    name: string,
    extensions: readonly MlsExtension[] = [GROUP_POLICY],
    leaf = this.leaf(name),
  ): Promise<MlsGroup> {
    return this.engine.createGroup({ ...leaf, groupId: utf8('a group'), lifetime: LIFETIME, extensions });
  }

  /** `committer` makes a commit and merges it; `others` get it from the queue. */
  async commit(
    committer: MlsGroup,
    others: readonly MlsGroup[],
    request: Partial<CommitRequest>,
  ): Promise<StagedCommit> {
    const staged = await stage(committer, request);
    await committer.mergePendingCommit();
    for (const other of others) await other.processCommit(staged.commit, NOW_MS);
    return staged;
  }

  /** Adds clients of these names; they join by Welcome and the committer's tree. */
  async add(committer: MlsGroup, others: readonly MlsGroup[], ...names: string[]): Promise<MlsGroup[]> {
    return this.admit(committer, others, await Promise.all(names.map((name) => this.keyPackage(name))));
  }

  /** A group of these, by their pseudonyms, in which the service may propose. */
  async conversation(...names: readonly [string, ...string[]]): Promise<MlsGroup[]> {
    const [first, ...others] = names;
    const extensions = [GROUP_POLICY, this.service.extension];
    const founder = await this.group(first, extensions, this.pseudonymous(first));
    if (others.length === 0) return [founder];
    return [founder, ...(await this.invite(founder, [], ...others))];
  }

  /** As `add`, by pseudonyms. */
  async invite(committer: MlsGroup, others: readonly MlsGroup[], ...names: string[]): Promise<MlsGroup[]> {
    const packages = names.map((name) => this.keyPackage(name, false, this.pseudonymous(name)));
    return this.admit(committer, others, await Promise.all(packages));
  }

  /** What the service would tell someone who wants into the group that `member` is in, and asks by this name. */
  async externalJoin(
    member: MlsGroup,
    name: string,
    resync?: number,
    other: Partial<ExternalJoinRequest> = {},
  ): Promise<StagedExternalJoin | undefined> {
    return this.engine.joinByExternalCommit({
      groupInfo: await member.groupInfo(),
      ratchetTree: member.ratchetTree(),
      ownLeaf: this.pseudonymous(name),
      resync: resync === undefined ? undefined : { leaf: resync },
      authenticatedData: utf8('aad'),
      externalSender: this.service.keys.publicKey,
      ...other,
    });
  }

  /** The same, accepted and delivered to `others`. */
  async comeIn(others: readonly MlsGroup[], name: string, resync?: number): Promise<StagedExternalJoin> {
    const joined = await this.externalJoin(others[0]!, name, resync);
    if (joined === undefined) throw new Error('the external commit was refused');
    for (const other of others) await other.processCommit(joined.commit, NOW_MS);
    return joined;
  }

  async join(staged: StagedCommit, keys: KeyPackageWithKeys, committer: MlsGroup): Promise<MlsGroup> {
    const joined = await this.engine.joinGroup(staged.welcome!, keys, committer.ratchetTree());
    if (joined === undefined) throw new Error('the Welcome was refused');
    return joined;
  }

  private async admit(
    committer: MlsGroup,
    others: readonly MlsGroup[],
    packages: readonly KeyPackageWithKeys[],
  ): Promise<MlsGroup[]> {
    const add = packages.map((keys) => keys.keyPackage);
    const staged = await this.commit(committer, others, { add, welcomeExtensions: [GROUP_KEYS] });
    return Promise.all(packages.map((keys) => this.join(staged, keys, committer)));
  }
}

/** Has each of them handle the same proposal. */
export async function propose(groups: readonly MlsGroup[], proposal: Uint8Array): Promise<void> {
  for (const group of groups) {
    const outcome = await group.processProposal(proposal, NOW_MS);
    if (outcome !== 'stored' && outcome !== 'repeated') throw new Error(`the proposal was ${outcome}`);
  }
}

export async function stage(group: MlsGroup, request: Partial<CommitRequest>): Promise<StagedCommit> {
  const staged = await group.stageCommit({ authenticatedData: utf8('aad'), ...request });
  if (staged === undefined) throw new Error('the commit was refused');
  return staged;
}

/** What members that agree have in common. */
export function agreement(group: MlsGroup): string {
  const parts = [group.groupContext(), group.ratchetTree(), group.epochAuthenticator()];
  return parts.map((part) => Buffer.from(part).toString('hex')).join('/');
}
