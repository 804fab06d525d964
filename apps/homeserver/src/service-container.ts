import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock, KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import { createEdge, type LogSink } from '@phoenix/edge';
import type { JobBackend, Jobs } from '@phoenix/jobs';
import { isConnectionLoss } from '@phoenix/postgres';
import type { RegistrationConfig } from './config/config.js';
import { StartupRefusal } from './config/startup-refusal.js';
import { DatabaseProbe } from './database-probe.js';
import type { ServiceName } from './config/service-name.js';

/** What every service of a homeserver is started with. */
export interface HomeserverContext {
  readonly homeDomain: string;
  readonly bindAddress: string;
  readonly tokens: 'off';
  /** Who may register with the AS; everybody unless said. */
  readonly registration?: RegistrationConfig;
  /** The sizes in which the DS stores groups. */
  readonly groupPadding?: { readonly floor: number; readonly factor: number };
  /** After so many whole months without activity the DS deletes a group. */
  readonly groupIdleMonths?: number;
  readonly clock: Clock;
  readonly crypto: PhoenixCrypto;
  readonly log: LogSink;
}

/** One service's own. */
export interface ServiceOptions {
  readonly name: ServiceName;
  readonly port: number;
  /** As clients sign it: lower-case, default port omitted. */
  readonly authority: string;
  readonly databaseUrl: string;
  readonly vault: KeyVault;
  /** Where its scheduled jobs wait. */
  readonly jobs: JobBackend;
}

/** A running service. */
export interface Container {
  readonly app: NestFastifyApplication;
  /** Those that its modules have declared; not started yet. */
  readonly jobs: Jobs;
  /** Lets the job that runs finish, stops accepting, lets what is in flight finish and tears the modules down. */
  close(): Promise<void>;
}

/** What a service's module is made from. */
export type ModuleOptions = Pick<HomeserverContext, 'clock' | 'crypto'> &
  Pick<ServiceOptions, 'databaseUrl' | 'vault'> & { readonly domain: string; readonly jobs: Jobs };

export function moduleOptions(
  context: HomeserverContext,
  service: ServiceOptions,
  jobs: Jobs,
): ModuleOptions {
  const { clock, crypto, homeDomain: domain } = context;
  return { domain, clock, crypto, jobs, databaseUrl: service.databaseUrl, vault: service.vault };
}

/** Boots a service's root module in a container of its own and listens. */
export async function startContainer(
  root: DynamicModule,
  context: HomeserverContext,
  { name, port, authority, databaseUrl }: ServiceOptions,
  jobs: Jobs,
): Promise<Container> {
  const { clock, crypto, log, tokens, bindAddress } = context;
  const probe = new DatabaseProbe(databaseUrl);
  const isHealthy = (): Promise<boolean> => probe.answers();
  const close = async (app?: NestFastifyApplication): Promise<void> => {
    await jobs.stop();
    await app?.close();
    await probe.close();
  };
  const passing = { isPassing: isConnectionLoss, isHealthy };
  const edge = createEdge(root, { authority, clock, crypto, log, tokens, ...passing });
  const app = await edge.catch(async (error: unknown) => {
    await close();
    throw error;
  });
  try {
    await app.listen(port, bindAddress);
  } catch (error) {
    await close(app);
    throw refusalToListen(error, name, `${bindAddress} port ${port}`);
  }
  return { app, jobs, close: () => close(app) };
}

function refusalToListen(error: unknown, name: ServiceName, where: string): unknown {
  const setting = `${name.toUpperCase()}_PORT`;
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new StartupRefusal(`Something listens on ${where} already: set ${setting} to another port.`);
    case 'EACCES':
      return new StartupRefusal(`This user may not listen on ${where}: set ${setting} to a port from 1024.`);
    case 'EADDRNOTAVAIL':
      return new StartupRefusal(
        `This machine has no such address as in ${where}: set BIND_ADDRESS to one of its own.`,
      );
    default:
      return error;
  }
}
