import { type DynamicModule, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { Clock, KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import { EdgeModule } from '@phoenix/edge';
import { DataSource } from 'typeorm';
import { OpenRegistration } from './adapters/policy/open-registration.js';
import { openAsDatabase } from './adapters/typeorm/data-source.js';
import { TypeormAuthorityStore } from './adapters/typeorm/typeorm-authority-store.js';
import { TypeormRegistrationStore } from './adapters/typeorm/typeorm-registration-store.js';
import { Authority } from './domain/authority.js';
import type { AuthorityKeys } from './domain/issuer.js';
import { RegistrationTickets } from './domain/registration-ticket.js';
import { VAULT_PURPOSES } from './domain/vault-purposes.js';
import { CredentialsResolver } from './graphql/credentials.resolver.js';
import { RegistrationResolver } from './graphql/registration.resolver.js';
import { AuthorityStore } from './ports/authority-store.js';
import { RegistrationPolicy } from './ports/registration-policy.js';
import { RegistrationStore } from './ports/registration-store.js';
import { FinishUserRegistration } from './service/finish-user-registration.js';
import { InitUserRegistration } from './service/init-user-registration.js';
import { openAuthority } from './service/open-authority.js';
import { ReadCredentials } from './service/read-credentials.js';

/** What an authentication service is started with. */
export interface AsOptions {
  /** The home domain, lower-case. */
  readonly domain: string;
  /** A Postgres of the AS's own: sharing a cluster orders its records against those of other services. */
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly crypto: PhoenixCrypto;
  readonly vault: KeyVault;
  /** Providers that replace a port's default: `{ provide: RegistrationPolicy, useClass: ByInvitation }`. */
  readonly overrides?: readonly Provider[];
}

const KEYS = Symbol('the keys of this AS');

/** The authentication service: its GraphQL operations over its ports. */
@Module({})
export class AsModule implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  /** The service with its default adapters; `overrides` come last and win. */
  static forRoot(options: AsOptions): DynamicModule {
    return {
      module: AsModule,
      imports: [EdgeModule.forRoot()],
      providers: [
        { provide: Clock, useValue: options.clock },
        { provide: PhoenixCrypto, useValue: options.crypto },
        { provide: KeyVault, useValue: options.vault },
        ...adapters(options),
        ...identity(options),
        InitUserRegistration,
        FinishUserRegistration,
        ReadCredentials,
        RegistrationResolver,
        CredentialsResolver,
        ...(options.overrides ?? []),
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }
}

function adapters(options: AsOptions): Provider[] {
  return [
    { provide: DataSource, useFactory: () => openAsDatabase(options.databaseUrl) },
    { provide: RegistrationPolicy, useClass: OpenRegistration },
    { provide: AuthorityStore, useClass: TypeormAuthorityStore },
    { provide: RegistrationStore, useClass: TypeormRegistrationStore },
  ];
}

/** What is made at the first boot and loaded at every other. */
function identity({ domain, clock }: AsOptions): Provider[] {
  return [
    {
      provide: KEYS,
      inject: [AuthorityStore, KeyVault, PhoenixCrypto],
      useFactory: (store: AuthorityStore, vault: KeyVault, crypto: PhoenixCrypto) =>
        openAuthority(store, vault, crypto, { domain, nowMs: clock.now() }),
    },
    {
      provide: Authority,
      inject: [KEYS, KeyVault, PhoenixCrypto],
      useFactory: (keys: AuthorityKeys, vault: KeyVault, crypto: PhoenixCrypto) =>
        new Authority(vault, crypto, domain, keys.issuers),
    },
    {
      provide: RegistrationTickets,
      inject: [KEYS, KeyVault, PhoenixCrypto],
      useFactory: async (keys: AuthorityKeys, vault: KeyVault, crypto: PhoenixCrypto) =>
        new RegistrationTickets(crypto, await vault.unwrap(VAULT_PURPOSES.ticket, keys.ticketKey), domain),
    },
  ];
}
