import { nodeCrypto } from '@phoenix/crypto';
import { MemoryKeyVault, TestClock } from '@phoenix/crypto/testing';
import { SignedRequests } from '@phoenix/edge/testing';
import { MemoryFanOutTransport } from '../adapters/memory/memory-fan-out-transport.js';
import { MemoryServiceKeyStore } from '../adapters/memory/memory-service-key-store.js';
import { BucketPadding } from '../adapters/policy/bucket-padding.js';
import { RolePolicy } from '../adapters/policy/role-policy.js';
import { GroupTickets } from '../domain/group-ticket.js';
import type { GroupStore } from '../ports/group-store.js';
import { AddUsers } from '../service/add-users.js';
import { CommitToGroup } from '../service/commit-to-group.js';
import { CreateGroup } from '../service/create-group.js';
import { DEFAULT_LIMITS, type DsLimits } from '../service/ds-world.js';
import { FileNotices } from '../service/file-notices.js';
import { RemoveUsers } from '../service/remove-users.js';
import { RequestGroupId } from '../service/request-group-id.js';
import { SendMessage } from '../service/send-message.js';
import { ServiceKeys } from '../service/service-keys.js';
import { UpdateClient } from '../service/update-client.js';
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
  readonly sendMessage: SendMessage;
  readonly welcomeInfo: WelcomeInfo;

  private constructor(
    readonly store: GroupStore,
    readonly keys: ServiceKeys,
    limits: DsLimits,
  ) {
    const world = { domain: HOME, clock: this.clock, crypto: this.crypto, limits };
    const policies = { padding: new BucketPadding(), group: new RolePolicy(limits.maxMembers) };
    const tickets = new GroupTickets(this.crypto, keys.ticketKey);
    const commits = new CommitToGroup(store, this.transport, policies, world);
    const authority = { tickets, verifyingKey: keys.verifyingKey };
    this.requestGroupId = new RequestGroupId(tickets, world);
    this.createGroup = new CreateGroup(store, authority, policies, world);
    this.addUsers = new AddUsers(commits);
    this.removeUsers = new RemoveUsers(commits);
    this.updateClient = new UpdateClient(commits);
    const notices = new FileNotices(store, world);
    this.sendMessage = new SendMessage(store, this.transport, notices, world);
    this.welcomeInfo = new WelcomeInfo(store, world);
  }

  static async over(store: GroupStore, limits: Partial<DsLimits> = {}): Promise<DsUnderTest> {
    const crypto = nodeCrypto();
    const keys = await ServiceKeys.open(new MemoryServiceKeyStore(), new MemoryKeyVault(crypto), crypto);
    return new DsUnderTest(store, keys, { ...DEFAULT_LIMITS, ...limits });
  }
}
