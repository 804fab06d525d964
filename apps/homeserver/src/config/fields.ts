import { isDomain } from '@phoenix/wire';
import { isIP } from 'node:net';
import { z } from 'zod';
import { SERVICE_NAMES, type ServiceName } from './service-name.js';

/** What each setting may hold. A message completes the sentence "<SETTING> must be ...". */

const AUTHORITY = /^([a-z0-9.-]+)(?::([1-9][0-9]{0,4}))?$/;
/** An authority leaves out the default ports of HTTP and HTTPS (RFC 9421 §2.2.3). */
const DEFAULT_PORTS = [80, 443];

export const homeDomain = z
  .string()
  .refine(isDomain, { error: 'a lower-case host name without a port, such as example.com' });

export const port = z
  .string()
  .regex(/^[1-9][0-9]{0,4}$/, { error: 'a port from 1 to 65535' })
  .transform(Number)
  .refine((value) => value <= 65_535, { error: 'a port from 1 to 65535' });

export const authority = z.string().refine(
  (value) => {
    const [, host = '', portText] = AUTHORITY.exec(value) ?? [];
    const number = Number(portText ?? 1);
    return isDomain(host) && number <= 65_535 && !DEFAULT_PORTS.includes(number);
  },
  { error: 'a lower-case host name, with a port only where it is neither 80 nor 443' },
);

export const bindAddress = z
  .string()
  .refine((value) => isIP(value) !== 0, { error: 'an IP address to listen on, such as 127.0.0.1 or ::' });

const isServiceName = (name: string): name is ServiceName =>
  (SERVICE_NAMES as readonly string[]).includes(name);

export const services = z
  .string()
  .transform((value) => value.split(',').map((name) => name.trim()))
  .refine((names) => names.every(isServiceName) && new Set(names).size === names.length, {
    error: 'a list of as, qs and ds, each at most once, such as as,qs,ds',
  })
  .transform((names) => SERVICE_NAMES.filter((name) => names.includes(name)));

/** Not echoed when wrong: a mistyped URL may still hold a password. */
export const databaseUrl = z
  .string()
  .refine((value) => URL.canParse(value) && /^postgres(?:ql)?:$/.test(new URL(value).protocol), {
    error: 'a Postgres URL, such as postgres://user:password@host:5432/database',
  });

export const keyEncryptionKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, { error: '32 bytes in base64url without padding' })
  .transform((value) => new Uint8Array(Buffer.from(value, 'base64url')))
  .refine((key) => key.some((byte) => byte !== 0), { error: '32 random bytes, not zeros' });

/** There are no anonymous tokens yet: one value says so. */
export const tokens = z.literal('off', { error: 'off' });

const wholeNumber = (least: number, most: number, what: string): z.ZodType<number> =>
  z
    .string()
    .regex(/^[1-9][0-9]{0,9}$/, { error: what })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error: what });

/** Below, the smallest groups would show their few members; above, each takes a hundred megabytes. */
export const paddingFloor = wholeNumber(32_768, 16_777_216, 'a number of bytes from 32768 to 16777216');

export const paddingFactor = wholeNumber(2, 16, 'a whole number from 2 to 16');

export const registration = z.enum(['open', 'invitation', 'proof-of-work'], {
  error: 'open, invitation or proof-of-work',
});

/** A client refuses more: 24 bits take a small machine a minute. */
export const registrationWork = wholeNumber(1, 24, 'a number of bits from 1 to 24');

export const groupIdleMonths = wholeNumber(1, 1_200, 'a number of whole months from 1 to 1200');

/** Not echoed when wrong, either. */
export const redisUrl = z
  .string()
  .refine((value) => URL.canParse(value) && /^rediss?:$/.test(new URL(value).protocol), {
    error: 'a Redis URL, such as redis://user:password@host:6379',
  });

export const redisTrustPersistence = z
  .enum(['true', 'false'], { error: 'true or false' })
  .transform((value) => value === 'true');

export const dataDir = z.string();
