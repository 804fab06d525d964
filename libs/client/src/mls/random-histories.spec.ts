import { utf8 } from '@phoenix/wire';
import type { CommitRequest, MlsGroup } from './mls-group.js';
import { agreement, GROUP_KEYS, MlsParty, NOW_MS, stage } from '../testing/mls/mls-party.js';

const MOST = 6;
const STEPS = 60;

/** A group whose members act at random: adds, removes, rotations, plain updates, races, messages, restarts. */
class History {
  private readonly unread = new Map<MlsGroup, { message: Uint8Array; words: string }[]>();
  private joined = 0;
  readonly done = { commits: 0, races: 0, read: 0, restarts: 0, removals: 0 };

  private constructor(
    private readonly party: MlsParty,
    private groups: MlsGroup[],
  ) {}

  static async of(seed: number): Promise<History> {
    const party = await MlsParty.of(seed);
    return new History(party, [await party.group('founder')]);
  }

  async step(): Promise<void> {
    const { random } = this.party;
    const action = random.below(10);
    if (action < 4) await this.commit(random.pick(this.groups));
    else if (action < 6) await this.race();
    else if (action < 9) await this.send(random.pick(this.groups));
    else await this.restart();
    if (random.below(3) === 0) await this.readEverything();
    expect(new Set(this.groups.map(agreement)).size).toBe(1);
  }

  async readEverything(): Promise<void> {
    for (const [group, messages] of this.unread) {
      for (const { message, words } of messages.splice(0).reverse()) {
        expect(await group.decrypt(message)).toMatchObject({ kind: 'message', content: utf8(words) });
        expect(await group.decrypt(message)).toEqual({ kind: 'repeated' });
        this.done.read++;
      }
    }
  }

  private async request(committer: MlsGroup): Promise<Partial<CommitRequest> & { name?: string }> {
    const { random } = this.party;
    const others = committer.members().filter(({ leaf }) => leaf !== committer.ownLeaf);
    const action = random.below(4);
    if (action === 0 && others.length > 0) return { remove: [random.pick(others).leaf] };
    if (action === 1) return { newLeaf: this.party.leaf(`renewed ${this.done.commits}`) };
    return action === 2 || others.length + 1 >= MOST ? {} : { name: `member ${++this.joined}` };
  }

  private async commit(committer: MlsGroup): Promise<void> {
    await this.readEverything();
    const { name, ...request } = await this.request(committer);
    const keys = name === undefined ? undefined : await this.party.keyPackage(name);
    const add = keys ? [keys.keyPackage] : [];
    const staged = await stage(committer, { ...request, add, welcomeExtensions: [GROUP_KEYS] });
    await this.deliver(staged.commit);
    if (keys) this.groups.push(await this.party.join(staged, keys, committer));
  }

  private async race(): Promise<void> {
    if (this.groups.length < 2) return;
    const [winner, loser] = [
      this.groups[0]!,
      this.groups[1 + this.party.random.below(this.groups.length - 1)]!,
    ];
    await this.send(loser);
    await stage(loser, { newLeaf: this.party.leaf('lost') });
    const { commit } = await stage(winner, {});
    await this.deliver(commit);
    expect(loser.pendingCommit).toBeUndefined();
    this.done.races++;
  }

  private async deliver(commit: Uint8Array): Promise<void> {
    for (const group of [...this.groups]) {
      const { kind } = await group.processCommit(commit, NOW_MS);
      if (kind === 'removed') {
        this.groups = this.groups.filter((other) => other !== group);
        this.unread.delete(group);
        this.done.removals++;
      } else expect(['applied', 'merged']).toContain(kind);
    }
    this.done.commits++;
  }

  private async send(sender: MlsGroup): Promise<void> {
    for (let i = 0; i < 3; i++) {
      const words = `${i} of ${sender.epoch}`;
      const message = await sender.encrypt(utf8(words), new Uint8Array());
      for (const group of this.groups) {
        if (group === sender) continue;
        this.unread.set(group, [...(this.unread.get(group) ?? []), { message, words }]);
      }
    }
  }

  private async restart(): Promise<void> {
    const group = this.party.random.pick(this.groups);
    const again = await this.party.engine.restoreGroup(await group.serialize());
    expect(await again.serialize()).toEqual(await group.serialize());
    this.groups = this.groups.map((other) => (other === group ? again : other));
    this.unread.set(again, this.unread.get(group) ?? []);
    this.unread.delete(group);
    this.done.restarts++;
  }
}

describe('members who act at random', () => {
  it.each([101, 102, 103])('agree after every commit and read each message once (seed %i)', async (seed) => {
    const history = await History.of(seed);
    for (let i = 0; i < STEPS; i++) await history.step();
    await history.readEverything();
    for (const count of Object.values(history.done)) expect(count).toBeGreaterThan(0);
  });
});
