import { keyPackageRef, mlsMessageCodec, type StoredProposal } from '@phoenix/mls';
import { encode, type Outcome, sealedQueueConfig, type SealedQueueConfig } from '@phoenix/wire';
import type { CommitAccepted } from '../service/commit-to-group.js';
import type { ExternalCommitInfoResult } from '../service/external-commit-info.js';
import type { CommitInput } from '../service/parse-commit.js';
import type { CreateGroupInput } from '../service/parse-group.js';
import type { MadeCommit } from './commit-script.js';
import type { DsUnderTest } from './ds-under-test.js';
import { mustHold } from './must-hold.js';
import { rowDigest } from './row-digest.js';
import type { MadeArrival } from './scripted-arrival.js';
import { HOME, type ScriptedClient } from './scripted-client.js';
import { ScriptedMembers } from './scripted-members.js';
import { makeProposal, verified } from './scripted-proposal.js';

/** One group and its members, who have signature keys and no secrets, against a DS. */
export class ScriptedConversation extends ScriptedMembers {
  /** A conversation whose group is there. */
  static async begin(
    ds: DsUnderTest,
    changed: Partial<CreateGroupInput> = {},
  ): Promise<ScriptedConversation> {
    const conversation = new ScriptedConversation(ds);
    mustHold(await conversation.create(changed));
    return conversation;
  }

  create(changed: Partial<CreateGroupInput> = {}): Promise<Outcome<void>> {
    return this.ds.createGroup.execute(this.creation(changed), this.request(0));
  }

  /** A request signed by a leaf's current key, or by another. */
  request(leaf: number, body = this.body(), by = this.member(leaf)) {
    const keyId = { kind: 'leaf', name: String(leaf) } as const;
    return this.ds.requests.by({ keyId, privateKey: by.seed }, { body });
  }

  /** Sends a commit that adds, without following it. */
  submitAdd(
    { input, body }: MadeCommit,
    committer = 0,
    by = this.member(committer),
  ): Promise<Outcome<CommitAccepted>> {
    return this.ds.addUsers.execute(this.#fresh(input), this.request(committer, body, by));
  }

  submitRemove({ input, body }: MadeCommit, committer = 0): Promise<Outcome<CommitAccepted>> {
    return this.ds.removeUsers.execute(this.#fresh(input), this.request(committer, body));
  }

  submitUpdate(
    { input, body }: MadeCommit,
    committer = 0,
    by = this.member(committer),
  ): Promise<Outcome<CommitAccepted>> {
    return this.ds.updateClient.execute(this.#fresh(input), this.request(committer, body, by));
  }

  submitContext({ input, body }: MadeCommit, committer = 0): Promise<Outcome<CommitAccepted>> {
    return this.ds.updateGroupContext.execute(this.#fresh(input), this.request(committer, body));
  }

  submitJoin({ input }: MadeArrival): Promise<Outcome<CommitAccepted>> {
    return this.ds.joinConnectionGroup.execute(this.#fresh(input));
  }

  /** @param by whose key signs: the one of the leaf that is replaced. */
  submitResync(
    { input, body }: MadeArrival,
    leaf: number,
    by = this.member(leaf),
  ): Promise<Outcome<CommitAccepted>> {
    return this.ds.resyncClient.execute(this.#fresh(input), this.request(leaf, body, by));
  }

  /** Proposes a member's removal of itself. */
  submitLeave(leaf: number, proposal = makeProposal(this, leaf), body = this.body()): Promise<Outcome<void>> {
    const input = { groupId: this.uuid, earKey: this.earKey.slice(), proposal };
    return this.ds.selfRemoveUser.execute(input, this.request(leaf, body));
  }

  /** Deletes the group; without a commit, as whoever is alone does. */
  submitDelete(made?: MadeCommit, committer = 0): Promise<Outcome<void>> {
    const access = { groupId: this.uuid, earKey: this.earKey.slice() };
    const end = { commit: made?.input.commit, groupInfoUpdate: made?.input.groupInfoUpdate };
    return this.ds.deleteGroup.execute({ ...access, ...end }, this.request(committer, made?.body));
  }

  /** What a client was sent to be committed in this epoch. */
  pendingFor(client: ScriptedClient): StoredProposal[] {
    const proposals = this.received(client).filter(({ type }) => type === 'proposal');
    return verified(
      this,
      proposals.map(({ payload }) => payload),
    );
  }

  /** Adds fresh clients; their leaves. */
  async add(count: number, committer = 0): Promise<number[]> {
    const clients = Array.from({ length: count }, () => this.client());
    const made = this.make({ committer, add: clients });
    mustHold(await this.submitAdd(made, committer));
    made.take();
    return clients.map((client) => [...this.members].find(([, member]) => member === client)?.[0] as number);
  }

  async remove(leaves: readonly number[], committer = 0): Promise<void> {
    const made = this.make({ committer, remove: leaves });
    mustHold(await this.submitRemove(made, committer));
    made.take();
  }

  async update(committer: number, pseudonym?: Uint8Array): Promise<void> {
    const made = this.make({ committer, ...(pseudonym && { pseudonym }) });
    mustHold(await this.submitUpdate(made, committer));
    made.take();
  }

  /** An application message that nobody could open. */
  message(epoch = this.scripted.group.epoch, size = 300): Uint8Array {
    const { random } = this.ds.crypto;
    const privateMessage = {
      groupId: this.scripted.group.groupId,
      epoch,
      contentType: 'application',
      authenticatedData: new Uint8Array(0),
      encryptedSenderData: random.bytes(28),
      ciphertext: random.bytes(size),
    } as const;
    return encode(mlsMessageCodec, { type: 'privateMessage', privateMessage });
  }

  send(sender: number, message = this.message(), body = this.body()): Promise<Outcome<void>> {
    const input = { groupId: this.uuid, earKey: this.earKey.slice(), message };
    return this.ds.sendMessage.execute(input, this.request(sender, body));
  }

  /** Changes where a leaf gets its messages; the config is another one of the usual size unless said. */
  updateQueueConfig(
    leaf: number,
    queue: SealedQueueConfig = { domain: HOME, sealed: this.ds.crypto.random.bytes(180) },
    body = this.body(),
  ): Promise<Outcome<void>> {
    const queueConfig = encode(sealedQueueConfig, queue);
    const input = { groupId: this.uuid, earKey: this.earKey.slice(), queueConfig };
    return this.ds.updateQueueConfig.execute(input, this.request(leaf, body));
  }

  updateProfileKey(leaf: number, wrappedProfileKey: Uint8Array, body = this.body()): Promise<Outcome<void>> {
    const input = { groupId: this.uuid, earKey: this.earKey.slice(), wrappedProfileKey };
    return this.ds.updateProfileKey.execute(input, this.request(leaf, body));
  }

  /** Asked by a leaf, or by nobody in particular. */
  externalCommitInfo(leaf?: number, earKey = this.earKey): Promise<Outcome<ExternalCommitInfoResult>> {
    const input = { groupId: this.uuid, earKey: earKey.slice() };
    return this.ds.externalCommitInfo.execute(input, leaf === undefined ? undefined : this.request(leaf));
  }

  /** What has come for a client, oldest first. */
  received(client: ScriptedClient) {
    return this.ds.transport.queue(client.queue.sealed).map(({ entry }) => entry);
  }

  welcomeInfo(client: ScriptedClient, epoch: bigint, by = client) {
    const ref = keyPackageRef(this.ds.crypto.mls, client.keyPackage);
    const keyId = { kind: 'joiner', name: Buffer.from(ref).toString('base64url') } as const;
    const request = this.ds.requests.by({ keyId, privateKey: by.seed }, { body: this.body() });
    const input = { groupId: this.uuid, earKey: this.earKey.slice(), epoch };
    return this.ds.welcomeInfo.execute(input, request);
  }

  /** What is stored of the group, to the byte. */
  async stored(): Promise<string> {
    return rowDigest(await this.ds.store.load(this.uuid));
  }

  /** The DS wipes the EAR key that it is given. */
  #fresh<T extends CommitInput>(input: T): T {
    return { ...input, earKey: this.earKey.slice() };
  }
}
