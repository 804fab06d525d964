import { decode, encode } from '@phoenix/wire';
import { ExtensionType, findExtension } from '../codec/extension.js';
import type { GroupInfo } from '../codec/group-info.js';
import { mlsMessageCodec } from '../codec/mls-message.js';
import type { PublicMessage } from '../codec/public-message.js';
import { nodeMlsCrypto } from '../testing/node-mls-crypto.js';
import { SeededBytes } from '../testing/seeded-bytes.js';
import { type SeenCommit, TsMlsMembers } from '../testing/ts-mls-members.js';
import { toHex } from '../testing/vectors.js';
import { decodeRatchetTree, encodeRatchetTree } from '../tree/unverified-ratchet-tree.js';
import type { Checked } from '../validation/checked.js';
import { createPublicGroup } from './create-public-group.js';
import { withGroupInfoUpdate } from './group-info-update.js';
import { processCommit } from './process-commit.js';
import { processExternalCommit } from './process-external-commit.js';
import type { PublicGroup } from './public-group.js';
import { decodePublicGroup, encodePublicGroup } from './snapshot.js';
import { decodeStoredProposal, encodeStoredProposal, type StoredProposal } from './stored-proposal.js';
import { verifyProposal } from './verify-proposal.js';

const OPERATIONS = 200;
const MOST_LEAVES = 24;
const MOST_ACTING = 4;
const crypto = nodeMlsCrypto();
const context = { crypto, now: 1_000_000, maxLeaves: 1024 };

/** A delivery service's view of a group, beside the group's real members, who act at random. */
class Followed {
  private count = 0;

  private constructor(
    private readonly random: SeededBytes,
    private readonly members: TsMlsMembers,
    private group: PublicGroup,
  ) {}

  static async of(seed: number): Promise<Followed> {
    const members = await TsMlsMembers.create();
    return new Followed(new SeededBytes(seed), members, await created(members));
  }

  async step(): Promise<void> {
    this.follow(await this.act());
    for (const view of this.members.views()) {
      expect(toHex(this.group.tree.treeHash)).toBe(toHex(view.groupContext.treeHash));
      expect(toHex(this.group.confirmedTranscriptHash)).toBe(
        toHex(view.groupContext.confirmedTranscriptHash),
      );
      expect(toHex(this.group.confirmationTag)).toBe(toHex(view.confirmationTag));
      expect(this.group.epoch).toBe(view.groupContext.epoch);
    }
  }

  /** Everything that a newcomer would be told is what the follower has by itself. */
  async compareWithCreation(): Promise<void> {
    const fresh = await created(this.members);
    const followed = valueOf(
      withGroupInfoUpdate(this.group, fresh.groupInfoParts!.signer, fresh.groupInfoParts!, crypto),
    );
    expect(toHex(encodePublicGroup(followed))).toBe(toHex(encodePublicGroup(fresh)));
  }

  private async act(): Promise<SeenCommit> {
    const { random, members } = this;
    const actor = random.below(members.acting);
    const others = members.leaves().filter((leaf) => leaf !== members.leafOf(actor));
    const action = random.below(15);
    if (action === 14 && others.length > 0)
      return members.proposeFromOutside(actor, random.pick(others), this.name());
    if (action === 13) return members.resync(actor);
    if (action === 12 && members.acting < MOST_ACTING) return members.joinExternally(this.name());
    if (action >= 10 && members.acting > 1) return this.propose(actor, others);
    if (action < 4 && others.length < MOST_LEAVES) {
      const names = Array.from({ length: 1 + random.below(3) }, () => this.name());
      return members.add(actor, names, members.acting < MOST_ACTING ? random.below(2) : 0);
    }
    if (action < 7 && others.length > 0) {
      const leaving = Array.from({ length: 1 + random.below(3) }, () => random.pick(others));
      return members.remove(actor, [...new Set(leaving)]);
    }
    return members.update(actor);
  }

  /** Another member commits what the first proposes: that someone leaves, itself included, or also that one comes. */
  private propose(committer: number, others: readonly number[]): Promise<SeenCommit> {
    const { random, members } = this;
    const proposer = (committer + 1 + random.below(members.acting - 1)) % members.acting;
    const name = random.below(2) === 0 && others.length < MOST_LEAVES ? this.name() : undefined;
    return members.propose(proposer, committer, random.pick(others), name);
  }

  private name(): string {
    return `member ${this.count++}`;
  }

  /** As the delivery service does it: from the stored state to the stored state. */
  private follow({ commit, proposals, groupInfo, committer }: SeenCommit): void {
    const before = decodePublicGroup(encodePublicGroup(this.group));
    const stored = proposals.map((sent) => valueOf(verifyProposal(before, publicMessage(sent), context)));
    const group = nextGroup(before, publicMessage(commit), stored);
    const { extensions, signature } = groupInfoOf(groupInfo);
    this.group = valueOf(withGroupInfoUpdate(group, committer, { extensions, signature }, crypto));
    expect(encode(mlsMessageCodec, { type: 'groupInfo', groupInfo: this.group.groupInfo! })).toEqual(
      groupInfo,
    );
    const again = decodePublicGroup(encodePublicGroup(this.group));
    expect(toHex(encodeRatchetTree(again.tree))).toBe(toHex(encodeRatchetTree(this.group.tree)));
  }
}

function nextGroup(group: PublicGroup, commit: PublicMessage, proposals: StoredProposal[]): PublicGroup {
  if (commit.content.sender.type === 'new_member_commit')
    return valueOf(processExternalCommit(group, commit, context)).group;
  // By way of the store.
  const again = proposals.map((proposal) => decodeStoredProposal(encodeStoredProposal(proposal)));
  const { group: next, references } = valueOf(processCommit(group, commit, { ...context, proposals: again }));
  expect(references.map(toHex).sort()).toEqual(proposals.map(({ ref }) => toHex(ref)).sort());
  return next;
}

async function created(members: TsMlsMembers): Promise<PublicGroup> {
  const groupInfo = groupInfoOf(await members.groupInfo());
  const tree = findExtension(groupInfo.extensions, ExtensionType.ratchetTree)!;
  return valueOf(createPublicGroup(groupInfo, decodeRatchetTree(tree, 1024), { crypto, cipherSuites: [1] }));
}

function groupInfoOf(bytes: Uint8Array): GroupInfo {
  const message = decode(mlsMessageCodec, bytes);
  if (message.type !== 'groupInfo') throw new Error('not a GroupInfo');
  return message.groupInfo;
}

function publicMessage(bytes: Uint8Array): PublicMessage {
  const message = decode(mlsMessageCodec, bytes);
  if (message.type !== 'publicMessage') throw new Error('not a PublicMessage');
  return message.publicMessage;
}

function valueOf<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Error(`refused: ${checked.rule}`);
  return checked.value;
}

describe('PublicGroup beside real members', () => {
  it.each([1, 2, 3])(
    'agrees with them on tree hash, transcript and context after each of 200 random commits (seed %i)',
    async (seed) => {
      const followed = await Followed.of(seed);
      for (let i = 1; i <= OPERATIONS; i++) {
        await followed.step();
        if (i % 40 === 0) await followed.compareWithCreation();
      }
    },
    120_000,
  );
});
