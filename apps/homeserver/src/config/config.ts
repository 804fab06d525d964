import { resolve } from 'node:path';
import type { z } from 'zod';
import type { Setting, Settings } from './env.js';
import * as fields from './fields.js';
import { SERVICE_NAMES, type ServiceName } from './service-name.js';
import { StartupRefusal } from './startup-refusal.js';

/** One service as this process runs it. */
export interface ServiceConfig {
  readonly name: ServiceName;
  readonly port: number;
  /** The public name that clients sign as `@authority`: lower-case, default port omitted. */
  readonly authority: string;
  /** Undefined: an embedded cluster of the service's own under the data directory. */
  readonly database: { readonly setting: Setting; readonly url: string } | undefined;
}

/** Who may register; `bits` of the puzzle that each newcomer solves. */
export type RegistrationConfig =
  | { readonly by: 'open' }
  | { readonly by: 'invitation' }
  | { readonly by: 'proof-of-work'; readonly bits: number };

export interface Config {
  readonly homeDomain: string;
  readonly bindAddress: string;
  /** Absolute. */
  readonly dataDir: string;
  /** In starting order; at least one. */
  readonly services: readonly ServiceConfig[];
  /** Undefined: the file vault keeps one of its own. */
  readonly keyEncryptionKey: Uint8Array | undefined;
  readonly tokens: 'off';
  /** Who may register. */
  readonly registration: RegistrationConfig;
  /** After so many whole months without activity a group is deleted. */
  readonly groupIdleMonths: number;
  /** Where scheduled jobs wait; undefined: in each service's database. */
  readonly redis: { readonly url: string; readonly trustPersistence: boolean } | undefined;
  /** The sizes in which groups are stored: bytes of the smallest roster, and growth from bucket to bucket. */
  readonly groupPadding: { readonly floor: number; readonly factor: number };
}

const AS_SETTINGS = ['AS_REGISTRATION', 'AS_REGISTRATION_WORK'] as const;
const DS_SETTINGS = ['DS_PADDING_FLOOR', 'DS_PADDING_FACTOR', 'DS_GROUP_IDLE_MONTHS'] as const;
/** About half a second of a laptop. */
const DEFAULT_WORK = '18';
const DEFAULT_PORTS: Record<ServiceName, string> = { as: '4001', qs: '4002', ds: '4003' };

const upper = <N extends ServiceName>(name: N): Uppercase<N> => name.toUpperCase() as Uppercase<N>;

/** One setting through its schema, or the sentence that refuses it. */
function read<T>(settings: Settings, name: Setting, schema: z.ZodType<T>, byDefault: string): T;
function read<T>(settings: Settings, name: Setting, schema: z.ZodType<T>): T | undefined;
function read<T>(settings: Settings, name: Setting, schema: z.ZodType<T>, byDefault?: string): T | undefined {
  const value = settings[name] ?? byDefault;
  if (value === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new StartupRefusal(`${name} must be ${result.error.issues[0]!.message}.`);
}

/**
 * What the settings mean, with defaults filled in.
 *
 * @throws StartupRefusal for a setting that is wrong by itself or contradicts another, in one sentence.
 */
export function deriveConfig(settings: Settings): Config {
  const running = read(settings, 'SERVICES', fields.services, SERVICE_NAMES.join(','));
  refuseContradictions(settings, running);
  const homeDomain = read(settings, 'HOME_DOMAIN', fields.homeDomain, 'localhost');
  const services = running.map((name) => deriveService(settings, name, homeDomain));
  refuseSharedAddresses(services);
  return {
    homeDomain,
    services,
    bindAddress: read(settings, 'BIND_ADDRESS', fields.bindAddress, '127.0.0.1'),
    dataDir: resolve(read(settings, 'DATA_DIR', fields.dataDir, './data')),
    keyEncryptionKey: read(settings, 'KEY_ENCRYPTION_KEY', fields.keyEncryptionKey),
    tokens: read(settings, 'TOKENS', fields.tokens, 'off'),
    registration: deriveRegistration(settings),
    groupIdleMonths: read(settings, 'DS_GROUP_IDLE_MONTHS', fields.groupIdleMonths, '12'),
    redis: deriveRedis(settings),
    groupPadding: {
      floor: read(settings, 'DS_PADDING_FLOOR', fields.paddingFloor, '32768'),
      factor: read(settings, 'DS_PADDING_FACTOR', fields.paddingFactor, '2'),
    },
  };
}

function deriveRegistration(settings: Settings): RegistrationConfig {
  const by = read(settings, 'AS_REGISTRATION', fields.registration, 'open');
  const bits = read(settings, 'AS_REGISTRATION_WORK', fields.registrationWork, DEFAULT_WORK);
  if (by === 'proof-of-work') return { by, bits };
  if (settings.AS_REGISTRATION_WORK !== undefined) {
    throw new StartupRefusal('AS_REGISTRATION_WORK is set, but AS_REGISTRATION is not proof-of-work.');
  }
  return { by };
}

function deriveRedis(settings: Settings): Config['redis'] {
  const url = read(settings, 'REDIS_URL', fields.redisUrl);
  const trusting = read(settings, 'REDIS_TRUST_PERSISTENCE', fields.redisTrustPersistence, 'false');
  if (url !== undefined) return { url, trustPersistence: trusting };
  if (settings.REDIS_TRUST_PERSISTENCE === undefined) return undefined;
  throw new StartupRefusal('REDIS_TRUST_PERSISTENCE is set, but REDIS_URL is not.');
}

function deriveService(settings: Settings, name: ServiceName, homeDomain: string): ServiceConfig {
  const port = read(settings, `${upper(name)}_PORT`, fields.port, DEFAULT_PORTS[name]);
  const authority = homeDomain === 'localhost' ? `localhost:${port}` : `${name}.${homeDomain}`;
  const setting =
    settings.DATABASE_URL === undefined ? (`${upper(name)}_DATABASE_URL` as const) : 'DATABASE_URL';
  const url = read(settings, setting, fields.databaseUrl);
  return {
    name,
    port,
    authority: read(settings, `${upper(name)}_AUTHORITY`, fields.authority, authority),
    database: url === undefined ? undefined : { setting, url },
  };
}

function refuseContradictions(settings: Settings, running: readonly ServiceName[]): void {
  if (running.includes('ds') && !running.includes('qs')) {
    throw new StartupRefusal(
      'SERVICES names ds without qs: until federation exists the DS hands its messages to a QS in the same process.',
    );
  }
  for (const name of SERVICE_NAMES) {
    const own = (['PORT', 'AUTHORITY', 'DATABASE_URL'] as const).map(
      (what) => `${upper(name)}_${what}` as const,
    );
    const further = { as: AS_SETTINGS, qs: [], ds: DS_SETTINGS }[name];
    const given = [...own, ...further].find((setting) => settings[setting] !== undefined);
    if (given !== undefined && !running.includes(name)) {
      throw new StartupRefusal(`${given} is set, but SERVICES does not name ${name}.`);
    }
    if (settings.DATABASE_URL !== undefined && settings[`${upper(name)}_DATABASE_URL`] !== undefined) {
      throw new StartupRefusal(
        `DATABASE_URL and ${upper(name)}_DATABASE_URL are both set: give one for all services or one for each.`,
      );
    }
  }
}

function refuseSharedAddresses(services: readonly ServiceConfig[]): void {
  for (const what of ['port', 'authority'] as const) {
    services.forEach((service, index) => {
      const other = services.slice(0, index).find((earlier) => earlier[what] === service[what]);
      if (other === undefined) return;
      const [first, second] = [other, service].map((each) => `${upper(each.name)}_${what.toUpperCase()}`);
      throw new StartupRefusal(
        `${first} and ${second} are both ${service[what]}: each service needs its own.`,
      );
    });
  }
}
