import type { Provider } from '@nestjs/common';
import { KeyVault } from '@phoenix/crypto';
import { GroupTickets } from './domain/group-ticket.js';
import { MembershipTickets } from './domain/membership-tickets.js';
import { FanOutTransport } from './ports/fan-out-transport.js';
import { GroupPolicy } from './ports/group-policy.js';
import { GroupStore } from './ports/group-store.js';
import { PaddingPolicy } from './ports/padding-policy.js';
import { ServiceKeyStore } from './ports/service-key-store.js';
import { AddUsers } from './service/add-users.js';
import { ChangeGroup } from './service/change-group.js';
import { CommitFromOutside } from './service/commit-from-outside.js';
import { CommitToGroup } from './service/commit-to-group.js';
import { CreateGroup } from './service/create-group.js';
import { DeleteGroup } from './service/delete-group.js';
import { DeleteLoneGroup } from './service/delete-lone-group.js';
import type { DsWorld } from './service/ds-world.js';
import { ExternalCommitInfo } from './service/external-commit-info.js';
import { FileNotices } from './service/file-notices.js';
import { GroupPresence } from './service/group-presence.js';
import { HandOver } from './service/hand-over.js';
import { JoinConnectionGroup } from './service/join-connection-group.js';
import { MembershipTicket } from './service/membership-ticket.js';
import { RemoveUsers } from './service/remove-users.js';
import { RequestGroupId } from './service/request-group-id.js';
import { ResyncClient } from './service/resync-client.js';
import { SelfRemoveUser } from './service/self-remove-user.js';
import { SendMessage } from './service/send-message.js';
import { ServiceKeys } from './service/service-keys.js';
import { StateSealer } from './service/state-sealer.js';
import { UpdateClient } from './service/update-client.js';
import { UpdateGroupContext } from './service/update-group-context.js';
import { UpdateProfileKey } from './service/update-profile-key.js';
import { UpdateQueueConfig } from './service/update-queue-config.js';
import { WelcomeInfo } from './service/welcome-info.js';

/** The use cases over their ports. */
export function useCases(world: DsWorld): Provider[] {
  return [
    {
      provide: ServiceKeys,
      inject: [ServiceKeyStore, KeyVault],
      useFactory: (store: ServiceKeyStore, vault: KeyVault) => ServiceKeys.open(store, vault, world.crypto),
    },
    {
      provide: GroupTickets,
      inject: [ServiceKeys],
      useFactory: ({ ticketKey }: ServiceKeys) => new GroupTickets(world.crypto, ticketKey),
    },
    {
      provide: MembershipTickets,
      inject: [ServiceKeys],
      useFactory: ({ ticketKey }: ServiceKeys) => new MembershipTickets(world.crypto, ticketKey),
    },
    ...groupMaking(world),
    ...groupChanging(world),
  ];
}

function groupMaking(world: DsWorld): Provider[] {
  return [
    {
      provide: RequestGroupId,
      inject: [GroupTickets],
      useFactory: (tickets: GroupTickets) => new RequestGroupId(tickets, world),
    },
    {
      provide: CreateGroup,
      inject: [GroupStore, GroupTickets, ServiceKeys, PaddingPolicy, GroupPolicy],
      useFactory: (
        store: GroupStore,
        tickets: GroupTickets,
        { verifyingKey }: ServiceKeys,
        padding: PaddingPolicy,
        group: GroupPolicy,
      ) => new CreateGroup(store, { tickets, verifyingKey }, { padding, group }, world),
    },
    ...[MembershipTicket, GroupPresence].map((useCase) => ({
      provide: useCase,
      inject: [GroupStore, MembershipTickets],
      useFactory: (store: GroupStore, tickets: MembershipTickets) => new useCase(store, tickets, world),
    })),
    ...[WelcomeInfo, ExternalCommitInfo].map((useCase) => ({
      provide: useCase,
      inject: [GroupStore],
      useFactory: (store: GroupStore) => new useCase(store, world),
    })),
  ];
}

function groupChanging(world: DsWorld): Provider[] {
  return [
    {
      provide: FileNotices,
      inject: [GroupStore],
      useFactory: (store: GroupStore) => new FileNotices(store, world),
    },
    {
      provide: SendMessage,
      inject: [GroupStore, FanOutTransport, FileNotices],
      useFactory: (store: GroupStore, transport: FanOutTransport, notices: FileNotices) =>
        new SendMessage(store, transport, notices, world),
    },
    {
      provide: UpdateQueueConfig,
      inject: [GroupStore, HandOver],
      useFactory: (store: GroupStore, handOver: HandOver) => new UpdateQueueConfig(store, handOver, world),
    },
    {
      provide: UpdateProfileKey,
      inject: [ChangeGroup],
      useFactory: (changes: ChangeGroup) => new UpdateProfileKey(changes, world),
    },
    ...takingCommits(world),
  ];
}

function takingCommits(world: DsWorld): Provider[] {
  return [
    {
      provide: StateSealer,
      inject: [PaddingPolicy, ServiceKeys],
      useFactory: (padding: PaddingPolicy, keys: ServiceKeys) => new StateSealer(padding, keys, world),
    },
    {
      provide: HandOver,
      inject: [GroupStore, FanOutTransport, FileNotices],
      useFactory: (store: GroupStore, transport: FanOutTransport, notices: FileNotices) =>
        new HandOver(store, transport, notices),
    },
    {
      provide: ChangeGroup,
      inject: [GroupStore, HandOver, StateSealer],
      useFactory: (store: GroupStore, handOver: HandOver, sealer: StateSealer) =>
        new ChangeGroup(store, handOver, sealer, world),
    },
    ...[CommitToGroup, CommitFromOutside, SelfRemoveUser].map((useCase) => ({
      provide: useCase,
      inject: [ChangeGroup, GroupPolicy],
      useFactory: (changes: ChangeGroup, policy: GroupPolicy) => new useCase(changes, policy, world),
    })),
    ...[AddUsers, RemoveUsers, UpdateClient, UpdateGroupContext].map((useCase) => ({
      provide: useCase,
      inject: [CommitToGroup],
      useFactory: (commits: CommitToGroup) => new useCase(commits),
    })),
    ...[JoinConnectionGroup, ResyncClient].map((useCase) => ({
      provide: useCase,
      inject: [CommitFromOutside],
      useFactory: (commits: CommitFromOutside) => new useCase(commits, world),
    })),
    {
      provide: DeleteGroup,
      inject: [CommitToGroup, GroupStore, HandOver, GroupPolicy],
      useFactory: (commits: CommitToGroup, store: GroupStore, handOver: HandOver, policy: GroupPolicy) =>
        new DeleteGroup(commits, new DeleteLoneGroup(store, handOver, policy, world)),
    },
  ];
}
