import { deriveConfig } from './config.js';
import { readSettings, type Settings } from './env.js';

const refusal = (settings: Record<string, string>): string => {
  try {
    deriveConfig(readSettings(settings));
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};
const derive = (settings: Settings) => deriveConfig(readSettings({ ...settings }));

describe('the configuration', () => {
  it('runs all three services for localhost on the loopback address when nothing is set', () => {
    const config = derive({});
    expect(config.homeDomain).toBe('localhost');
    expect(config.bindAddress).toBe('127.0.0.1');
    expect(config.dataDir).toBe(`${process.cwd()}/data`);
    expect(config.tokens).toBe('off');
    expect(config.keyEncryptionKey).toBeUndefined();
    expect(config.services).toEqual([
      { name: 'as', port: 4001, authority: 'localhost:4001', database: undefined },
      { name: 'qs', port: 4002, authority: 'localhost:4002', database: undefined },
      { name: 'ds', port: 4003, authority: 'localhost:4003', database: undefined },
    ]);
  });

  it('derives the public names from the home domain, unless they are given', () => {
    const { services } = derive({ HOME_DOMAIN: 'example.com', DS_AUTHORITY: 'mls.example.com:8443' });
    expect(services.map(({ authority }) => authority)).toEqual([
      'as.example.com',
      'qs.example.com',
      'mls.example.com:8443',
    ]);
  });

  it('starts the named services in the order in which they need one another', () => {
    expect(derive({ SERVICES: 'ds, qs' }).services.map(({ name }) => name)).toEqual(['qs', 'ds']);
    expect(derive({ SERVICES: 'as' }).services.map(({ name }) => name)).toEqual(['as']);
  });

  it('takes one database for all services or one for each, and embeds the rest', () => {
    const url = 'postgres://db.example.com/phoenix';
    expect(derive({ DATABASE_URL: url }).services.map(({ database }) => database?.url)).toEqual([
      url,
      url,
      url,
    ]);
    expect(derive({ QS_DATABASE_URL: url }).services.map(({ database }) => database)).toEqual([
      undefined,
      { setting: 'QS_DATABASE_URL', url },
      undefined,
    ]);
  });

  it('reads a key-encryption key of 32 bytes', () => {
    const key = Buffer.alloc(32, 7);
    expect(derive({ KEY_ENCRYPTION_KEY: key.toString('base64url') }).keyEncryptionKey).toEqual(
      new Uint8Array(key),
    );
  });

  it('pads groups as the protocol says, or more', () => {
    expect(derive({}).groupPadding).toEqual({ floor: 32_768, factor: 2 });
    const settings = { DS_PADDING_FLOOR: '65536', DS_PADDING_FACTOR: '4' };
    expect(derive(settings).groupPadding).toEqual({ floor: 65_536, factor: 4 });
  });

  it('takes secrets out of the environment, so that no child process inherits them', () => {
    const environment = { KEY_ENCRYPTION_KEY: 'x', DATABASE_URL: 'postgres://u:p@h/d', HOME_DOMAIN: 'a.b' };
    expect(readSettings(environment)).toMatchObject({ KEY_ENCRYPTION_KEY: 'x' });
    expect(environment).toEqual({ HOME_DOMAIN: 'a.b' });
  });

  it.each([
    [
      { HOME_DOMAIN: 'Example.com' },
      'HOME_DOMAIN must be a lower-case host name without a port, such as example.com.',
    ],
    [
      { HOME_DOMAIN: 'example.com:443' },
      'HOME_DOMAIN must be a lower-case host name without a port, such as example.com.',
    ],
    [{ SERVICES: 'as,xs' }, 'SERVICES must be a list of as, qs and ds, each at most once, such as as,qs,ds.'],
    [{ SERVICES: 'as,as' }, 'SERVICES must be a list of as, qs and ds, each at most once, such as as,qs,ds.'],
    [{ AS_PORT: '0' }, 'AS_PORT must be a port from 1 to 65535.'],
    [{ QS_PORT: '70000' }, 'QS_PORT must be a port from 1 to 65535.'],
    [{ DS_PORT: 'tcp://10.0.0.1:80' }, 'DS_PORT must be a port from 1 to 65535.'],
    [
      { BIND_ADDRESS: 'localhost' },
      'BIND_ADDRESS must be an IP address to listen on, such as 127.0.0.1 or ::.',
    ],
    [{ TOKENS: 'on' }, 'TOKENS must be off.'],
    [{ DS_PADDING_FLOOR: '32767' }, 'DS_PADDING_FLOOR must be a number of bytes from 32768 to 16777216.'],
    [{ DS_PADDING_FLOOR: '64 KiB' }, 'DS_PADDING_FLOOR must be a number of bytes from 32768 to 16777216.'],
    [{ DS_PADDING_FLOOR: '16777217' }, 'DS_PADDING_FLOOR must be a number of bytes from 32768 to 16777216.'],
    [{ DS_PADDING_FACTOR: '1' }, 'DS_PADDING_FACTOR must be a whole number from 2 to 16.'],
    [{ DS_PADDING_FACTOR: '2.5' }, 'DS_PADDING_FACTOR must be a whole number from 2 to 16.'],
    [{ DS_PADDING_FACTOR: '17' }, 'DS_PADDING_FACTOR must be a whole number from 2 to 16.'],
    [{ DS_GROUP_IDLE_MONTHS: '0' }, 'DS_GROUP_IDLE_MONTHS must be a number of whole months from 1 to 1200.'],
    [
      { DS_GROUP_IDLE_MONTHS: '1 year' },
      'DS_GROUP_IDLE_MONTHS must be a number of whole months from 1 to 1200.',
    ],
    [
      { REDIS_URL: 'redis://db', REDIS_TRUST_PERSISTENCE: 'yes' },
      'REDIS_TRUST_PERSISTENCE must be true or false.',
    ],
    [{ REDIS_TRUST_PERSISTENCE: 'true' }, 'REDIS_TRUST_PERSISTENCE is set, but REDIS_URL is not.'],
    [
      { SERVICES: 'as', DS_GROUP_IDLE_MONTHS: '6' },
      'DS_GROUP_IDLE_MONTHS is set, but SERVICES does not name ds.',
    ],
    [{ DATA_DIR: ' ' }, 'DATA_DIR is empty: give it a value or leave it out.'],
    [
      { AS_AUTHORITY: 'as.example.com:443' },
      'AS_AUTHORITY must be a lower-case host name, with a port only where it is neither 80 nor 443.',
    ],
  ])('refuses %j in one sentence', (settings, sentence) => {
    expect(refusal(settings)).toBe(sentence);
  });

  it('refuses a wrong database URL or key without repeating it', () => {
    expect(refusal({ AS_DATABASE_URL: 'mysql://root:hunter2@db/x' })).toBe(
      'AS_DATABASE_URL must be a Postgres URL, such as postgres://user:password@host:5432/database.',
    );
    expect(refusal({ KEY_ENCRYPTION_KEY: 'hunter2' })).toBe(
      'KEY_ENCRYPTION_KEY must be 32 bytes in base64url without padding.',
    );
    expect(refusal({ KEY_ENCRYPTION_KEY: 'A'.repeat(43) })).toBe(
      'KEY_ENCRYPTION_KEY must be 32 random bytes, not zeros.',
    );
  });

  it('refuses a wrong Redis URL without repeating it', () => {
    expect(refusal({ REDIS_URL: 'http://:hunter2@db' })).toBe(
      'REDIS_URL must be a Redis URL, such as redis://user:password@host:6379.',
    );
  });

  it('refuses a DS without a QS beside it', () => {
    expect(refusal({ SERVICES: 'as,ds' })).toBe(
      'SERVICES names ds without qs: until federation exists the DS hands its messages to a QS in the same process.',
    );
  });

  it('refuses settings that contradict one another', () => {
    const url = 'postgres://db/x';
    expect(refusal({ DATABASE_URL: url, QS_DATABASE_URL: url })).toBe(
      'DATABASE_URL and QS_DATABASE_URL are both set: give one for all services or one for each.',
    );
    expect(refusal({ SERVICES: 'as', DS_PORT: '5000' })).toBe(
      'DS_PORT is set, but SERVICES does not name ds.',
    );
    expect(refusal({ SERVICES: 'as,qs', DS_PADDING_FACTOR: '4' })).toBe(
      'DS_PADDING_FACTOR is set, but SERVICES does not name ds.',
    );
    expect(refusal({ AS_PORT: '4002' })).toBe(
      'AS_PORT and QS_PORT are both 4002: each service needs its own.',
    );
    expect(refusal({ HOME_DOMAIN: 'a.b', DS_AUTHORITY: 'as.a.b' })).toBe(
      'AS_AUTHORITY and DS_AUTHORITY are both as.a.b: each service needs its own.',
    );
  });

  it('lets the operator choose who may register', () => {
    const registration = (settings: Settings) => deriveConfig(settings).registration;
    expect(registration({})).toEqual({ by: 'open' });
    expect(registration({ AS_REGISTRATION: 'invitation' })).toEqual({ by: 'invitation' });
    expect(registration({ AS_REGISTRATION: 'proof-of-work' })).toEqual({ by: 'proof-of-work', bits: 18 });
    const harder = { AS_REGISTRATION: 'proof-of-work', AS_REGISTRATION_WORK: '20' };
    expect(registration(harder)).toEqual({ by: 'proof-of-work', bits: 20 });
    expect(refusal({ AS_REGISTRATION: 'closed' })).toBe(
      'AS_REGISTRATION must be open, invitation or proof-of-work.',
    );
    expect(refusal({ ...harder, AS_REGISTRATION_WORK: '25' })).toBe(
      'AS_REGISTRATION_WORK must be a number of bits from 1 to 24.',
    );
    expect(refusal({ AS_REGISTRATION_WORK: '20' })).toBe(
      'AS_REGISTRATION_WORK is set, but AS_REGISTRATION is not proof-of-work.',
    );
    expect(refusal({ SERVICES: 'qs,ds', AS_REGISTRATION: 'open' })).toBe(
      'AS_REGISTRATION is set, but SERVICES does not name as.',
    );
  });

  it('refuses a setting with a prefix instead of ignoring it', () => {
    expect(refusal({ PHOENIX_HOME_DOMAIN: 'a.b' })).toMatch(
      /^PHOENIX_HOME_DOMAIN is no setting of the homeserver: /,
    );
  });
});
