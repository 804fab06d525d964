import type { Provider } from '@nestjs/common';
import { KeyVault } from '@phoenix/crypto';
import { GroupTickets } from './domain/group-ticket.js';
import { FanOutTransport } from './ports/fan-out-transport.js';
import { GroupPolicy } from './ports/group-policy.js';
import { GroupStore } from './ports/group-store.js';
import { PaddingPolicy } from './ports/padding-policy.js';
import { ServiceKeyStore } from './ports/service-key-store.js';
import { AddUsers } from './service/add-users.js';
import { CommitToGroup } from './service/commit-to-group.js';
import { CreateGroup } from './service/create-group.js';
import type { DsWorld } from './service/ds-world.js';
import { FileNotices } from './service/file-notices.js';
import { RemoveUsers } from './service/remove-users.js';
import { RequestGroupId } from './service/request-group-id.js';
import { SendMessage } from './service/send-message.js';
import { ServiceKeys } from './service/service-keys.js';
import { UpdateClient } from './service/update-client.js';
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
    {
      provide: WelcomeInfo,
      inject: [GroupStore],
      useFactory: (store: GroupStore) => new WelcomeInfo(store, world),
    },
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
      provide: CommitToGroup,
      inject: [GroupStore, FanOutTransport, PaddingPolicy, GroupPolicy],
      useFactory: (
        store: GroupStore,
        transport: FanOutTransport,
        padding: PaddingPolicy,
        group: GroupPolicy,
      ) => new CommitToGroup(store, transport, { padding, group }, world),
    },
    ...[AddUsers, RemoveUsers, UpdateClient].map((useCase) => ({
      provide: useCase,
      inject: [CommitToGroup],
      useFactory: (commits: CommitToGroup) => new useCase(commits),
    })),
  ];
}
