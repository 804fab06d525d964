import { utf8 } from '@phoenix/wire';
import type { CommitRequest, MlsGroup } from '../../mls/mls-group.js';
import { agree } from './agree.js';
import { GROUP_KEYS, MlsParty, NOW_MS, propose, stage } from './mls-party.js';
import { UnreadMessages } from './unread-messages.js';

/** What members do, and how often of twenty times. */
const ACTIONS = [
  ['commit', 6],
  ['race', 2],
  ['send', 5],
  ['restart', 2],
  ['leave', 2],
  ['joinExternally', 1],
  ['resync', 2],
] as const;
type Action = (typeof ACTIONS)[number][0];

/**
 * A group whose members act at random: adds, removes, rotations, plain updates, races, messages, restarts, proposals of
 * members and of the service, external joins, resyncs. For tests.
 */
export class RandomHistory {
  private readonly unread = new UnreadMessages();
  private readonly names = new Map<MlsGroup, string>();
  private joined = 0;
  readonly done = {
    commits: 0,
    races: 0,
    restarts: 0,
    removals: 0,
    taken: 0,
    joins: 0,
    resyncs: 0,
    moved: 0,
  };

  private constructor(
    private readonly party: MlsParty,
    private groups: MlsGroup[],
    private readonly most: number,
  ) {
    this.names.set(groups[0]!, 'founder');
  }

  /** It never has more than `most` members. */
  static async of(seed: number, most: number): Promise<RandomHistory> {
    const party = await MlsParty.of(seed);
    return new RandomHistory(party, await party.conversation('founder'), most);
  }

  get read(): number {
    return this.unread.read;
  }

  /** One action, after which all who are in the group agree. */
  async step(): Promise<void> {
    const drawn = this.party.random.below(ACTIONS.reduce((sum, [, weight]) => sum + weight, 0));
    let action: Action = 'commit';
    let passed = 0;
    for (const [name, weight] of ACTIONS) {
      if (drawn >= passed) action = name;
      passed += weight;
    }
    await this[action]();
    if (this.party.random.below(3) === 0) await this.readEverything();
    agree(...this.groups);
  }

  readEverything(): Promise<void> {
    return this.unread.readAll();
  }

  private get pending(): readonly { readonly removes: number }[] {
    return this.groups[0]!.pendingProposals();
  }

  /** Who may commit what is pending: those that stay. */
  private get staying(): MlsGroup[] {
    return this.groups.filter((group) => !this.pending.some(({ removes }) => removes === group.ownLeaf));
  }

  private async commit(): Promise<void> {
    await this.readEverything();
    const committer = this.party.random.pick(this.staying);
    const { name, ...request } = this.request(committer);
    const leaf = name === undefined ? undefined : this.party.pseudonymous(name);
    const keys = leaf && (await this.party.keyPackage(name!, false, leaf));
    const add = keys ? [keys.keyPackage] : [];
    const commitPending = this.party.random.below(4) > 0;
    this.done.taken += commitPending ? this.pending.length : 0;
    const staged = await stage(committer, {
      ...request,
      add,
      commitPending,
      welcomeExtensions: [GROUP_KEYS],
    });
    await this.deliver(staged.commit);
    if (keys) this.enter(await this.party.join(staged, keys, committer), name!);
  }

  private request(committer: MlsGroup): Partial<CommitRequest> & { name?: string } {
    const { random } = this.party;
    const others = committer.members().filter(({ leaf }) => leaf !== committer.ownLeaf);
    const action = random.below(4);
    if (action === 0 && others.length > 0) return { remove: [random.pick(others).leaf] };
    if (action === 1) return { newLeaf: this.party.pseudonymous(this.names.get(committer)!) };
    return action === 2 || others.length + 1 >= this.most ? {} : { name: `member ${++this.joined}` };
  }

  private async race(): Promise<void> {
    const [winner, loser] = this.staying;
    if (winner === undefined || loser === undefined) return;
    await stage(loser, { newLeaf: this.party.pseudonymous(this.names.get(loser)!), commitPending: true });
    await this.deliver((await stage(winner, { commitPending: true })).commit);
    expect(loser.pendingCommit).toBeUndefined();
    this.done.races++;
  }

  private async leave(): Promise<void> {
    if (this.staying.length < 2) return;
    const leaving = this.party.random.pick(this.staying);
    const byItself = this.party.random.below(2) === 0;
    const proposal = byItself
      ? await leaving.proposeSelfRemove(new Uint8Array())
      : this.party.service.remove(leaving, leaving.ownLeaf);
    await propose(this.groups, proposal);
  }

  private async joinExternally(): Promise<void> {
    if (this.groups.length >= this.most) return;
    await this.readEverything();
    const name = `member ${++this.joined}`;
    const joined = (await this.party.externalJoin(this.party.random.pick(this.groups), name))!;
    await this.deliver(joined.commit);
    this.enter(joined.group, name);
    this.done.joins++;
  }

  private async resync(): Promise<void> {
    await this.readEverything();
    const lost = this.party.random.pick(this.groups);
    const [name, leaf] = [this.names.get(lost)!, lost.ownLeaf];
    const joined = (await this.party.externalJoin(this.party.random.pick(this.groups), name, leaf))!;
    await this.deliver(joined.commit);
    expect(lost.active).toBe(false);
    this.enter(await this.restored(joined.group), name);
    this.done.resyncs++;
    if (joined.ownLeaf !== leaf) this.done.moved++;
  }

  private async deliver(commit: Uint8Array): Promise<void> {
    for (const group of [...this.groups]) {
      const { kind } = await group.processCommit(commit, NOW_MS);
      if (kind === 'removed') {
        this.groups = this.groups.filter((other) => other !== group);
        this.unread.drop(group);
        this.done.removals++;
      } else expect(['applied', 'merged']).toContain(kind);
    }
    this.done.commits++;
  }

  private async send(): Promise<void> {
    const sender = this.party.random.pick(this.groups);
    if (this.pending.length > 0) {
      await expect(sender.encrypt(utf8('too early'), new Uint8Array())).rejects.toThrow();
      return;
    }
    for (let i = 0; i < 3; i++) await this.unread.send(sender, this.groups, `${i} of ${sender.epoch}`);
  }

  private async restart(): Promise<void> {
    const group = this.party.random.pick(this.groups);
    const again = await this.restored(group);
    this.groups = this.groups.map((other) => (other === group ? again : other));
    this.names.set(again, this.names.get(group)!);
    this.unread.move(group, again);
    this.done.restarts++;
  }

  private async restored(group: MlsGroup): Promise<MlsGroup> {
    const again = await this.party.engine.restoreGroup(await group.serialize());
    expect(await again.serialize()).toEqual(await group.serialize());
    return again;
  }

  private enter(group: MlsGroup, name: string): void {
    this.groups.push(group);
    this.names.set(group, name);
  }
}
