import { type DynamicModule, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { Clock, KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import { EdgeModule } from '@phoenix/edge';
import type { Jobs } from '@phoenix/jobs';
import { DataSource } from 'typeorm';
import { BucketPadding, type BucketPaddingOptions } from './adapters/policy/bucket-padding.js';
import { RolePolicy } from './adapters/policy/role-policy.js';
import { openDsDatabase } from './adapters/typeorm/data-source.js';
import { TypeormGroupStore } from './adapters/typeorm/typeorm-group-store.js';
import { TypeormServiceKeyStore } from './adapters/typeorm/typeorm-service-key-store.js';
import { ArrivalsResolver } from './graphql/arrivals.resolver.js';
import { CommitsResolver } from './graphql/commits.resolver.js';
import { DeparturesResolver } from './graphql/departures.resolver.js';
import { ExternalCommitInfoResolver } from './graphql/external-commit-info.resolver.js';
import { GroupsResolver } from './graphql/groups.resolver.js';
import { MessagesResolver } from './graphql/messages.resolver.js';
import { PresenceResolver } from './graphql/presence.resolver.js';
import { OwnSettingsResolver } from './graphql/own-settings.resolver.js';
import { FanOutTransport } from './ports/fan-out-transport.js';
import { GroupPolicy } from './ports/group-policy.js';
import { GroupStore } from './ports/group-store.js';
import { PaddingPolicy } from './ports/padding-policy.js';
import { ServiceKeyStore } from './ports/service-key-store.js';
import { DEFAULT_LIMITS, type DsLimits, type DsWorld } from './service/ds-world.js';
import { useCases } from './use-cases.js';
import { ActivityMonth } from './workers/activity-month.js';

const GROUP_IDLE_MONTHS = 12;

/** What a delivery service is started with. */
export interface DsOptions {
  /** The home domain, lower-case. */
  readonly domain: string;
  /** A Postgres of the DS's own: sharing a cluster orders its groups against the records of other services. */
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly crypto: PhoenixCrypto;
  readonly vault: KeyVault;
  /** The way to the queues. */
  readonly fanOut: FanOutTransport;
  /** Takes what is to be done at fixed times. */
  readonly jobs: Pick<Jobs, 'declare'>;
  /** After so many whole months without activity a group is deleted; 12 unless said. */
  readonly groupIdleMonths?: number;
  /** Of the default PaddingPolicy. */
  readonly padding?: BucketPaddingOptions;
  /** Where they differ from the protocol's. */
  readonly limits?: Partial<DsLimits>;
  /** Providers that replace a port's default: `{ provide: PaddingPolicy, useValue: new BucketPadding({ factor: 4 }) }`. */
  readonly overrides?: readonly Provider[];
}

/** The delivery service: its GraphQL operations over its ports. */
@Module({})
export class DsModule implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  /** The service with its default adapters; `overrides` come last and win. */
  static forRoot(options: DsOptions): DynamicModule {
    const { domain, clock, crypto } = options;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const world: DsWorld = { domain, clock, crypto, limits };
    return {
      module: DsModule,
      imports: [EdgeModule.forRoot()],
      providers: [
        { provide: KeyVault, useValue: options.vault },
        { provide: FanOutTransport, useValue: options.fanOut },
        { provide: PaddingPolicy, useFactory: () => new BucketPadding(options.padding) },
        { provide: GroupPolicy, useFactory: () => new RolePolicy(limits.maxMembers) },
        ...stores(options.databaseUrl),
        ...useCases(world),
        ...workers(options),
        GroupsResolver,
        CommitsResolver,
        ArrivalsResolver,
        DeparturesResolver,
        MessagesResolver,
        OwnSettingsResolver,
        ExternalCommitInfoResolver,
        PresenceResolver,
        ...(options.overrides ?? []),
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }
}

function stores(databaseUrl: string): Provider[] {
  const inject = [DataSource];
  return [
    { provide: DataSource, useFactory: () => openDsDatabase(databaseUrl) },
    { provide: GroupStore, inject, useFactory: (source: DataSource) => new TypeormGroupStore(source) },
    {
      provide: ServiceKeyStore,
      inject,
      useFactory: (source: DataSource) => new TypeormServiceKeyStore(source),
    },
  ];
}

function workers({ jobs, clock, groupIdleMonths = GROUP_IDLE_MONTHS }: DsOptions): Provider[] {
  const activityMonth = (store: GroupStore): ActivityMonth => {
    const job = new ActivityMonth(store, clock, groupIdleMonths);
    jobs.declare(job);
    return job;
  };
  return [{ provide: ActivityMonth, inject: [GroupStore], useFactory: activityMonth }];
}
