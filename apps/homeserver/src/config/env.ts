import { StartupRefusal } from './startup-refusal.js';

/** Every variable that the homeserver understands; README.md says what each does. */
const SETTINGS = [
  'HOME_DOMAIN',
  'SERVICES',
  'BIND_ADDRESS',
  'DATA_DIR',
  'TOKENS',
  'KEY_ENCRYPTION_KEY',
  'DATABASE_URL',
  'AS_DATABASE_URL',
  'QS_DATABASE_URL',
  'DS_DATABASE_URL',
  'AS_PORT',
  'QS_PORT',
  'DS_PORT',
  'AS_AUTHORITY',
  'QS_AUTHORITY',
  'DS_AUTHORITY',
  'AS_REGISTRATION',
  'AS_REGISTRATION_WORK',
  'DS_PADDING_FLOOR',
  'DS_PADDING_FACTOR',
  'DS_GROUP_IDLE_MONTHS',
  'REDIS_URL',
  'REDIS_TRUST_PERSISTENCE',
] as const;

/** What child processes and crash dumps must not inherit. */
const SECRETS = [
  'KEY_ENCRYPTION_KEY',
  'DATABASE_URL',
  'AS_DATABASE_URL',
  'QS_DATABASE_URL',
  'DS_DATABASE_URL',
  'REDIS_URL',
] as const;

export type Setting = (typeof SETTINGS)[number];
export type Settings = Readonly<Partial<Record<Setting, string>>>;

/**
 * The settings among the process's variables. Secrets are taken out of the environment, so that no child inherits them.
 * Refuses an empty value (a shell variable that was never set, most likely) and any `PHOENIX_` variable: settings here
 * have no prefix, and one that is silently ignored is worse than none.
 */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const stray = Object.keys(environment).find((name) => name.startsWith('PHOENIX_'));
  if (stray !== undefined) {
    throw new StartupRefusal(
      `${stray} is no setting of the homeserver: settings are ${SETTINGS.join(', ')}.`,
    );
  }
  const settings: Partial<Record<Setting, string>> = {};
  for (const name of SETTINGS) {
    const value = environment[name];
    if (value === undefined) continue;
    if (value.trim() === '') throw new StartupRefusal(`${name} is empty: give it a value or leave it out.`);
    settings[name] = value;
  }
  for (const name of SECRETS) Reflect.deleteProperty(environment, name);
  return settings;
}
