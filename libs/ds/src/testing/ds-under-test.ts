import { nodeCrypto } from '@phoenix/crypto';
import { MemoryKeyVault, TestClock } from '@phoenix/crypto/testing';
import { SignedRequests } from '@phoenix/edge/testing';
import { MemoryFanOutTransport } from '../adapters/memory/memory-fan-out-transport.js';
import { MemoryServiceKeyStore } from '../adapters/memory/memory-service-key-store.js';
import { BucketPadding } from '../adapters/policy/bucket-padding.js';
import { RolePolicy } from '../adapters/policy/role-policy.js';
import { GroupTickets } from '../domain/group-ticket.js';
import { MembershipTickets } from '../domain/membership-tickets.js';
import type { GroupStore } from '../ports/group-store.js';
import { AddUsers } from '../service/add-users.js';
import { ChangeGroup } from '../service/change-group.js';
import { CommitFromOutside } from '../service/commit-from-outside.js';
import { CommitToGroup } from '../service/commit-to-group.js';
import { CreateGroup } from '../service/create-group.js';
import { DeleteGroup } from '../service/delete-group.js';
import { DeleteLoneGroup } from '../service/delete-lone-group.js';
import { DEFAULT_LIMITS, type DsLimits } from '../service/ds-world.js';
import { ExternalCommitInfo } from '../service/external-commit-info.js';
import { FileNotices } from '../service/file-notices.js';
import { GroupPresence } from '../service/group-presence.js';
import { HandOver } from '../service/hand-over.js';
import { JoinConnectionGroup } from '../service/join-connection-group.js';
import { MembershipTicket } from '../service/membership-ticket.js';
import { RemoveUsers } from '../service/remove-users.js';
import { RequestGroupId } from '../service/request-group-id.js';
import { ResyncClient } from '../service/resync-client.js';
import { SelfRemoveUser } from '../service/self-remove-user.js';
import { SendMessage } from '../service/send-message.js';
import { ServiceKeys } from '../service/service-keys.js';
import { StateSealer } from '../service/state-sealer.js';
import { UpdateClient } from '../service/update-client.js';
import { UpdateGroupContext } from '../service/update-group-context.js';
import { UpdateProfileKey } from '../service/update-profile-key.js';
import { UpdateQueueConfig } from '../service/update-queue-config.js';
import { WelcomeInfo } from '../service/welcome-info.js';
import { HOME } from './scripted-client.js';

/** Wednesday, 6 May 2026, noon. */
export const NOW = Date.UTC(2026, 4, 6, 12);

/** The DS's use cases over a store, with queues in memory and a clock that the test moves. */
export class DsUnderTest {
  readonly crypto = nodeCrypto();
  readonly clock = new TestClock(NOW);
  readonly transport = new MemoryFanOutTransport();
  readonly requests = new SignedRequests(this.crypto, this.clock);
  readonly requestGroupId: RequestGroupId;
  readonly createGroup: CreateGroup;
  readonly addUsers: AddUsers;
  readonly removeUsers: RemoveUsers;
  readonly updateClient: UpdateClient;
  readonly updateGroupContext: UpdateGroupContext;
  readonly joinConnectionGroup: JoinConnectionGroup;
  readonly resyncClient: ResyncClient;
  readonly selfRemoveUser: SelfRemoveUser;
  readonly deleteGroup: DeleteGroup;
  readonly sendMessage: SendMessage;
  readonly updateQueueConfig: UpdateQueueConfig;
  readonly updateProfileKey: UpdateProfileKey;
  readonly membershipTicket: MembershipTicket;
  readonly groupPresence: GroupPresence;
  readonly externalCommitInfo: ExternalCommitInfo;
  readonly welcomeInfo: WelcomeInfo;

  private constructor(
    readonly store: GroupStore,
    readonly keys: ServiceKeys,
    limits: DsLimits,
  ) {
    const world = { domain: HOME, clock: this.clock, crypto: this.crypto, limits };
    const policies = { padding: new BucketPadding(), group: new RolePolicy(limits.maxMembers) };
    const tickets = new GroupTickets(this.crypto, keys.ticketKey);
    const notices = new FileNotices(store, world);
    const handOver = new HandOver(store, this.transport, notices);
    const sealer = new StateSealer(policies.padding, keys, world);
    const changes = new ChangeGroup(store, handOver, sealer, world);
    const commits = new CommitToGroup(changes, policies.group, world);
    const outside = new CommitFromOutside(changes, policies.group, world);
    const authority = { tickets, verifyingKey: keys.verifyingKey };
    this.requestGroupId = new RequestGroupId(tickets, world);
    this.createGroup = new CreateGroup(store, authority, policies, world);
    this.addUsers = new AddUsers(commits);
    this.removeUsers = new RemoveUsers(commits);
    this.updateClient = new UpdateClient(commits);
    this.updateGroupContext = new UpdateGroupContext(commits);
    this.joinConnectionGroup = new JoinConnectionGroup(outside, world);
    this.resyncClient = new ResyncClient(outside, world);
    this.selfRemoveUser = new SelfRemoveUser(changes, policies.group, world);
    const alone = new DeleteLoneGroup(store, handOver, policies.group, world);
    this.deleteGroup = new DeleteGroup(commits, alone);
    this.sendMessage = new SendMessage(store, this.transport, notices, world);
    this.updateQueueConfig = new UpdateQueueConfig(store, handOver, world);
    this.updateProfileKey = new UpdateProfileKey(changes, world);
    const membership = new MembershipTickets(this.crypto, keys.ticketKey);
    this.membershipTicket = new MembershipTicket(store, membership, world);
    this.groupPresence = new GroupPresence(store, membership, world);
    this.externalCommitInfo = new ExternalCommitInfo(store, world);
    this.welcomeInfo = new WelcomeInfo(store, world);
  }

  static async over(store: GroupStore, limits: Partial<DsLimits> = {}): Promise<DsUnderTest> {
    const crypto = nodeCrypto();
    const keys = await ServiceKeys.open(new MemoryServiceKeyStore(), new MemoryKeyVault(crypto), crypto);
    return new DsUnderTest(store, keys, { ...DEFAULT_LIMITS, ...limits });
  }
}
