import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { utf8 } from '@phoenix/wire';
import type { KeyPackageWithKeys, MlsEngine, MlsExtension, OwnLeaf } from '../../mls/mls-engine.js';
import type { CommitRequest, MlsGroup, StagedCommit } from '../../mls/mls-group.js';
import { nodeMlsEngine } from '../../mls/node-mls-engine.js';
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
  private constructor(
    readonly random: SeededChoices,
    readonly clock: TestClock,
    readonly engine: MlsEngine,
  ) {}

  static async of(seed: number): Promise<MlsParty> {
    const random = new SeededChoices(seed);
    const clock = new TestClock(NOW_MS);
    return new MlsParty(random, clock, await nodeMlsEngine(nodeCrypto(random), clock));
  }

  leaf(name: string): OwnLeaf {
    return { identity: utf8(name), signatureKeys: nodeCrypto(this.random).signer.generateKeyPair() };
  }

  async keyPackage(name: string, lastResort = false): Promise<KeyPackageWithKeys> {
    const leaf = this.leaf(name);
    return this.engine.generateKeyPackage({
      ...leaf,
      lifetime: LIFETIME,
      extensions: [QUEUE_CONFIG],
      lastResort,
    });
  }

  async group(name: string, extensions: readonly MlsExtension[] = [GROUP_POLICY]): Promise<MlsGroup> {
    const leaf = this.leaf(name);
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
    const packages = await Promise.all(names.map((name) => this.keyPackage(name)));
    const add = packages.map((keys) => keys.keyPackage);
    const staged = await this.commit(committer, others, { add, welcomeExtensions: [GROUP_KEYS] });
    return Promise.all(packages.map((keys) => this.join(staged, keys, committer)));
  }

  async join(staged: StagedCommit, keys: KeyPackageWithKeys, committer: MlsGroup): Promise<MlsGroup> {
    const joined = await this.engine.joinGroup(staged.welcome!, keys, committer.ratchetTree());
    if (joined === undefined) throw new Error('the Welcome was refused');
    return joined;
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
