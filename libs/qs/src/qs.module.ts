import {
  type DynamicModule,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
  type Provider,
} from '@nestjs/common';
import { Clock, KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import { EdgeModule } from '@phoenix/edge';
import { StoreKeyStore } from '@phoenix/queue';
import { DataSource } from 'typeorm';
import { NodeSchedule } from './adapters/node/node-schedule.js';
import { openQsDatabase } from './adapters/typeorm/data-source.js';
import { TypeormAddPackageStore } from './adapters/typeorm/typeorm-add-package-store.js';
import { TypeormQueueStore } from './adapters/typeorm/typeorm-queue-store.js';
import { TypeormRecordStore } from './adapters/typeorm/typeorm-record-store.js';
import { TypeormServiceKeyStore } from './adapters/typeorm/typeorm-service-key-store.js';
import { TypeormStoreKeyStore } from './adapters/typeorm/typeorm-store-key-store.js';
import { AddPackageResolver } from './graphql/add-package.resolver.js';
import { ClientRecordResolver } from './graphql/client-record.resolver.js';
import { KeysResolver } from './graphql/keys.resolver.js';
import { QueueResolver } from './graphql/queue.resolver.js';
import { UserRecordResolver } from './graphql/user-record.resolver.js';
import { AddPackageStore } from './ports/add-package-store.js';
import { QueueStore } from './ports/queue-store.js';
import { RecordStore } from './ports/record-store.js';
import { Schedule } from './ports/schedule.js';
import { ServiceKeyStore } from './ports/service-key-store.js';
import { EnqueueFanOuts } from './service/enqueue-fan-outs.js';
import { FanOutWriter } from './service/fan-out-writer.js';
import { HomeDomain } from './service/home-domain.js';
import { OpenKeys } from './service/open-keys.js';
import { Upkeep } from './service/upkeep.js';
import { USE_CASES } from './service/use-cases.js';

/** What a queuing service is started with. */
export interface QsOptions {
  /** The home domain, lower-case. */
  readonly domain: string;
  /** A Postgres of the QS's own: sharing a cluster orders its records against those of other services. */
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly crypto: PhoenixCrypto;
  readonly vault: KeyVault;
  /** Providers that replace a port's default: `{ provide: QueueStore, useClass: MyQueueStore }`. */
  readonly overrides?: readonly Provider[];
}

/** The queuing service: its GraphQL operations over its ports, and EnqueueFanOuts for whoever delivers. */
@Module({})
export class QsModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly keys: OpenKeys,
    private readonly writer: FanOutWriter,
    private readonly upkeep: Upkeep,
    private readonly dataSource: DataSource,
  ) {}

  /** The service with its default adapters; `overrides` come last and win. */
  static forRoot(options: QsOptions): DynamicModule {
    return {
      module: QsModule,
      imports: [EdgeModule.forRoot()],
      providers: [
        { provide: Clock, useValue: options.clock },
        { provide: PhoenixCrypto, useValue: options.crypto },
        { provide: KeyVault, useValue: options.vault },
        { provide: HomeDomain, useValue: new HomeDomain(options.domain) },
        ...adapters(options),
        ...USE_CASES,
        ...RESOLVERS,
        ...(options.overrides ?? []),
      ],
      exports: [EnqueueFanOuts],
    };
  }

  async onModuleInit(): Promise<void> {
    await this.keys.execute();
    this.upkeep.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.upkeep.stop();
    await this.writer.idle();
    await this.dataSource.destroy();
  }
}

const RESOLVERS = [KeysResolver, UserRecordResolver, ClientRecordResolver, AddPackageResolver, QueueResolver];

function adapters({ databaseUrl }: QsOptions): Provider[] {
  return [
    { provide: DataSource, useFactory: () => openQsDatabase(databaseUrl) },
    onDatabase(RecordStore, TypeormRecordStore),
    onDatabase(AddPackageStore, TypeormAddPackageStore),
    onDatabase(QueueStore, TypeormQueueStore),
    onDatabase(StoreKeyStore, TypeormStoreKeyStore),
    onDatabase(ServiceKeyStore, TypeormServiceKeyStore),
    { provide: Schedule, useClass: NodeSchedule },
  ];
}

function onDatabase<T>(port: abstract new () => T, adapter: new (dataSource: DataSource) => T): Provider {
  return {
    provide: port,
    inject: [DataSource],
    useFactory: (dataSource: DataSource) => new adapter(dataSource),
  };
}
