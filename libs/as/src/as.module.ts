import { type DynamicModule, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { Clock, KeyVault, OpaqueServer, PhoenixCrypto, SerenityOpaqueServer } from '@phoenix/crypto';
import { EdgeModule } from '@phoenix/edge';
import type { Jobs } from '@phoenix/jobs';
import { DataSource } from 'typeorm';
import { MemoryHandshakeStore } from './adapters/memory/memory-handshake-store.js';
import { registrationPolicy, type RegistrationSettings } from './adapters/policy/registration-policy.js';
import { openAsDatabase } from './adapters/typeorm/data-source.js';
import { TypeormAccountStore } from './adapters/typeorm/typeorm-account-store.js';
import { TypeormAuthorityStore } from './adapters/typeorm/typeorm-authority-store.js';
import { TypeormProfileStore } from './adapters/typeorm/typeorm-profile-store.js';
import { TypeormRegistrationStore } from './adapters/typeorm/typeorm-registration-store.js';
import { connectionJobs } from './connection-jobs.js';
import { CONNECTION_PROVIDERS } from './connection-providers.js';
import { credentialJobs } from './credential-jobs.js';
import type { AuthorityKeys } from './domain/issuer.js';
import { OpaqueSetup } from './domain/opaque-setup.js';
import { RegistrationTickets } from './domain/registration-ticket.js';
import { VAULT_PURPOSES } from './domain/vault-purposes.js';
import { CredentialsResolver } from './graphql/credentials.resolver.js';
import { ProfileResolver } from './graphql/profile.resolver.js';
import { RegistrationResolver } from './graphql/registration.resolver.js';
import { TwoFactorResolver } from './graphql/two-factor.resolver.js';
import { AccountStore } from './ports/account-store.js';
import { AuthorityStore } from './ports/authority-store.js';
import { HandshakeStore } from './ports/handshake-store.js';
import { ProfileStore } from './ports/profile-store.js';
import { RegistrationPolicy } from './ports/registration-policy.js';
import { RegistrationStore } from './ports/registration-store.js';
import { ACCOUNT_USE_CASES } from './service/account-use-cases.js';
import { CurrentAuthority } from './service/current-authority.js';
import { openAuthority } from './service/open-authority.js';
import { openOpaqueSetup } from './service/open-opaque-setup.js';
import { RotateCredentials } from './service/rotate-credentials.js';

/** What an authentication service is started with. */
export interface AsOptions {
  /** The home domain, lower-case. */
  readonly domain: string;
  /** A Postgres of the AS's own: sharing a cluster orders its records against those of other services. */
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly crypto: PhoenixCrypto;
  readonly vault: KeyVault;
  /** Takes what is to be done at fixed times. */
  readonly jobs: Pick<Jobs, 'declare'>;
  /** Who may register; everybody unless said. */
  readonly registration?: RegistrationSettings;
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
        ...ACCOUNT_USE_CASES,
        RegistrationResolver,
        CredentialsResolver,
        TwoFactorResolver,
        ProfileResolver,
        ...CONNECTION_PROVIDERS,
        ...connectionJobs(options.jobs),
        credentialJobs(options.jobs),
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
    { provide: OpaqueServer, useClass: SerenityOpaqueServer },
    { provide: RegistrationPolicy, useValue: registrationPolicy(options.crypto, options.registration) },
    { provide: AuthorityStore, useClass: TypeormAuthorityStore },
    { provide: RegistrationStore, useClass: TypeormRegistrationStore },
    { provide: AccountStore, useClass: TypeormAccountStore },
    { provide: ProfileStore, useClass: TypeormProfileStore },
    {
      provide: HandshakeStore,
      inject: [PhoenixCrypto, Clock],
      useFactory: (crypto: PhoenixCrypto, clock: Clock) => new MemoryHandshakeStore(crypto, clock),
    },
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
      provide: CurrentAuthority,
      inject: [RotateCredentials, KEYS, KeyVault, PhoenixCrypto],
      useFactory: async (
        rotation: RotateCredentials,
        _keys: AuthorityKeys,
        vault: KeyVault,
        crypto: PhoenixCrypto,
      ) => {
        const authority = new CurrentAuthority(rotation, { vault, crypto, clock, domain });
        // An AS that was set up for another domain is to refuse to boot, not to answer.
        await authority.get();
        return authority;
      },
    },
    {
      provide: OpaqueSetup,
      inject: [AuthorityStore, KeyVault, OpaqueServer],
      useFactory: (store: AuthorityStore, vault: KeyVault, opaque: OpaqueServer) =>
        openOpaqueSetup(store, vault, opaque, domain),
    },
    {
      provide: RegistrationTickets,
      inject: [KEYS, KeyVault, PhoenixCrypto],
      useFactory: async (keys: AuthorityKeys, vault: KeyVault, crypto: PhoenixCrypto) =>
        new RegistrationTickets(crypto, await vault.unwrap(VAULT_PURPOSES.ticket, keys.ticketKey), domain),
    },
  ];
}
