import { wipe } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { encodePublicGroup } from '@phoenix/mls';
import { done, equal, formatUuid, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import type { GroupCipher } from '../domain/group-cipher.js';
import { type GroupCreation, judgeCreation, type JudgedGroup } from '../domain/judge-creation.js';
import { memberKeysOf } from '../domain/member-keys.js';
import { newNotices } from '../domain/notices.js';
import { RosterLeaves } from '../domain/roster-leaves.js';
import type { GroupStore } from '../ports/group-store.js';
import { leafOf } from './authenticate-leaf.js';
import type { DsPolicies } from './ds-policies.js';
import { type DsWorld, maxLeaves } from './ds-world.js';
import type { GroupAuthority } from './group-authority.js';
import { openRoster } from './open-group.js';
import { type CreateGroupInput, parseGroup } from './parse-group.js';
import { sealGroup } from './seal-group.js';
import { underEarKey } from './under-ear-key.js';

/** Creates a group of one (docs/protocol §7). The same request again is answered as done. */
export class CreateGroup {
  constructor(
    private readonly store: GroupStore,
    private readonly authority: GroupAuthority,
    private readonly policies: DsPolicies,
    private readonly world: DsWorld,
  ) {}

  execute(input: CreateGroupInput, request: SignedRequest): Promise<Outcome<void>> {
    return underEarKey(this.world, input, async (cipher) => {
      const now = this.world.clock.now();
      if (!this.authority.tickets.verify(input.ticket, input.groupId, now)) return refuse('TICKET_INVALID');
      const creation = parseGroup(input, maxLeaves(this.world.limits));
      if (!creation.ok) return creation;
      const judged = this.#judge(creation.value, input.groupId, now);
      if (!judged.ok) return judged;
      const authenticated = await authenticateCreator(request, judged.value, input.groupId);
      if (!authenticated.ok) return authenticated;
      return this.#insert(cipher, judged.value, input, monthNumber(now));
    });
  }

  #judge(creation: GroupCreation, groupId: Uint8Array, nowMs: number): Outcome<JudgedGroup> {
    const { crypto, domain } = this.world;
    const { verifyingKey } = this.authority;
    const context = { crypto: crypto.mls, homeDomain: domain, groupId, verifyingKey };
    const judged = judgeCreation(creation, { ...context, nowMs, month: monthNumber(nowMs) });
    if (!judged.ok) return refuse('INVALID_GROUP', { rule: judged.rule });
    const [violation] = this.policies.group.violations(judged.value.facts);
    return violation === undefined ? done(judged.value) : refuse(violation.code, { rule: violation.rule });
  }

  async #insert(
    cipher: GroupCipher,
    { group, leaf }: JudgedGroup,
    input: CreateGroupInput,
    month: number,
  ): Promise<Outcome<void>> {
    const { groupId, memberKeys, open } = input;
    const { crypto } = this.world;
    const digest = crypto.sha256(input.groupInfo);
    const lastCommit = { digest, committer: 0, formerKey: leaf.signatureKey };
    const roster = { epoch: group.epoch, open, lastCommit, leaves: RosterLeaves.of([leaf]) };
    const { publicKey, privateKey, column: notices } = newNotices(crypto, cipher.groupId);
    const tree = {
      group: encodePublicGroup(group),
      memberKeys: memberKeysOf([memberKeys]),
      awaited: [],
      proposals: [],
      noticeKey: privateKey,
      noticesRead: crypto.sha256(notices),
    };
    const sealed = sealGroup(cipher, { roster, tree }, this.policies.padding, crypto.random);
    wipe(privateKey);
    const activity = { lastActiveMonth: month, pending: undefined };
    const row = { groupId, ...sealed, ...activity, noticeKey: publicKey, notices };
    if (await this.store.insert(row)) return done();
    const present = openRoster(cipher, await this.store.load(groupId));
    const isRetry = present.ok && equal(present.value.lastCommit.digest, digest);
    return isRetry ? done() : refuse('ALREADY_EXISTS');
  }
}

async function authenticateCreator(
  request: SignedRequest,
  { leaf }: JudgedGroup,
  groupId: Uint8Array,
): Promise<Outcome<void>> {
  if (request.keyId.kind !== 'leaf' || leafOf(request) !== 0) return refuse('SIGNATURE_INVALID');
  return request.authenticate(leaf.signatureKey, formatUuid(groupId));
}
