import { decode, encode } from '@phoenix/wire';
import { ExtensionType, findExtension } from '../codec/extension.js';
import type { GroupInfo } from '../codec/group-info.js';
import { mlsMessageCodec } from '../codec/mls-message.js';
import type { PublicMessage } from '../codec/public-message.js';
import { nodeMlsCrypto } from '../testing/node-mls-crypto.js';
import { SeededBytes } from '../testing/seeded-bytes.js';
import { type SeenCommit, TsMlsMembers } from '../testing/ts-mls-members.js';
import { toHex } from '../testing/vectors.js';
import { applyTreeDelta, treeDelta } from '../tree/tree-delta.js';
import { decodeRatchetTree, encodeRatchetTree } from '../tree/unverified-ratchet-tree.js';
import type { Checked } from '../validation/checked.js';
import { createPublicGroup } from './create-public-group.js';
import { withGroupInfoUpdate } from './group-info-update.js';
import { processCommit } from './process-commit.js';
import type { PublicGroup } from './public-group.js';
import { decodePublicGroup, encodePublicGroup } from './snapshot.js';

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
    const action = random.below(10);
    if (action < 4 && others.length < MOST_LEAVES) {
      const names = Array.from({ length: 1 + random.below(3) }, () => `member ${this.count++}`);
      return members.add(actor, names, members.acting < MOST_ACTING ? random.below(2) : 0);
    }
    if (action < 7 && others.length > 0) {
      const leaving = Array.from({ length: 1 + random.below(3) }, () => random.pick(others));
      return members.remove(actor, [...new Set(leaving)]);
    }
    return members.update(actor);
  }

  /** As the delivery service does it: from the stored state to the stored state. */
  private follow({ commit, groupInfo, committer }: SeenCommit): void {
    const before = decodePublicGroup(encodePublicGroup(this.group));
    const { group } = valueOf(processCommit(before, publicMessage(commit), context));
    const { extensions, signature } = groupInfoOf(groupInfo);
    this.group = valueOf(withGroupInfoUpdate(group, committer, { extensions, signature }, crypto));
    expect(encode(mlsMessageCodec, { type: 'groupInfo', groupInfo: this.group.groupInfo! })).toEqual(
      groupInfo,
    );
    const old = applyTreeDelta(encodeRatchetTree(this.group.tree), treeDelta(this.group.tree, before.tree));
    expect(toHex(old)).toBe(toHex(encodeRatchetTree(before.tree)));
  }
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
