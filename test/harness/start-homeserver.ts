import { type Clock, type KeyVault, nodeCrypto, type PhoenixCrypto, SystemClock } from '@phoenix/crypto';
import { MemoryKeyVault } from '@phoenix/crypto/testing';
import type { LogRecord } from '@phoenix/edge';
import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import { SERVICE_NAMES, type ServiceName } from '../../apps/homeserver/src/config/service-name.js';
import { Homeserver } from '../../apps/homeserver/src/homeserver.js';
import { jobBackend } from '../../apps/homeserver/src/job-backends.js';
import type { HomeserverContext, ServiceOptions } from '../../apps/homeserver/src/service-container.js';
import { freePorts } from '../../apps/homeserver/src/demo/free-ports.js';

export interface HomeserverTestOptions {
  /** The home domain; `localhost` unless said. Services are reached at `localhost` whatever it is. */
  readonly domain?: string;
  /** The system's clock unless said; give a TestClock to own time. */
  readonly clock?: Clock;
}

/** One service of a test homeserver. */
export interface TestService {
  /** `http://localhost:<port>/graphql`: the URL's host is the name that clients sign. */
  readonly url: string;
  readonly authority: string;
  /** Its own database, to look at what it holds. */
  readonly databaseUrl: string;
}

/** A whole homeserver in this process, on databases of its own, spoken to over real HTTP. */
export class TestHomeserver {
  /** What the services have logged. */
  readonly log: readonly LogRecord[];

  private constructor(
    readonly domain: string,
    readonly clock: Clock,
    readonly crypto: PhoenixCrypto,
    private readonly services: ReadonlyMap<ServiceName, ServiceOptions>,
    private readonly databases: readonly TestDatabase[],
    private readonly records: LogRecord[],
    private running: Homeserver,
  ) {
    this.log = records;
  }

  static async start({ domain = 'localhost', clock = new SystemClock() }: HomeserverTestOptions) {
    const crypto = nodeCrypto();
    const databases = await Promise.all(SERVICE_NAMES.map(() => createTestDatabase()));
    const ports = await freePorts(SERVICE_NAMES.length);
    const services = new Map<ServiceName, ServiceOptions>();
    SERVICE_NAMES.forEach((name, index) => {
      const vault: KeyVault = new MemoryKeyVault(crypto);
      const port = ports[index]!;
      const databaseUrl = databases[index]!.url;
      const jobs = jobBackend(undefined, name, databaseUrl);
      services.set(name, { name, port, authority: `localhost:${port}`, databaseUrl, vault, jobs });
    });
    const records: LogRecord[] = [];
    const running = await Homeserver.start(contextOf(domain, clock, crypto, records), [...services.values()]);
    return new TestHomeserver(domain, clock, crypto, services, databases, records, running);
  }

  get as(): TestService {
    return this.service('as');
  }

  get qs(): TestService {
    return this.service('qs');
  }

  get ds(): TestService {
    return this.service('ds');
  }

  /** Lets the services' scheduled jobs begin, as a homeserver does once it is ready. */
  startJobs(): void {
    this.running.startJobs();
  }

  /** Stops the services in order and starts them again on the same databases, vaults and ports. */
  async restart(): Promise<void> {
    await this.running.stop();
    const context = contextOf(this.domain, this.clock, this.crypto, this.records);
    this.running = await Homeserver.start(context, [...this.services.values()]);
  }

  /** Stops the services in order, then drops the databases. */
  async stop(): Promise<void> {
    await this.running.stop();
    await Promise.all(this.databases.map((database) => database.drop()));
  }

  private service(name: ServiceName): TestService {
    const { authority, databaseUrl } = this.services.get(name)!;
    return { url: `http://${authority}/graphql`, authority, databaseUrl };
  }
}

function contextOf(
  homeDomain: string,
  clock: Clock,
  crypto: PhoenixCrypto,
  records: LogRecord[],
): HomeserverContext {
  const log = (record: LogRecord): void => void records.push(record);
  return { homeDomain, clock, crypto, log, bindAddress: '127.0.0.1', tokens: 'off' };
}

/** Boots AS, QS and DS in this process; `stop()` it at the end. */
export function startHomeserver(options: HomeserverTestOptions = {}): Promise<TestHomeserver> {
  return TestHomeserver.start(options);
}
