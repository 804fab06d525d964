import type { CodecValue } from '../tls/codec.js';
import { struct, u64 } from '../tls/combinators.js';

/** A validity in UTC seconds, both ends included, as RFC 9420's Lifetime (§7.2). */
export const expirationData = struct({ notBefore: u64, notAfter: u64 });
export type ExpirationData = CodecValue<typeof expirationData>;

/** Whether `inner` lies within `outer`. */
export function liesWithin(inner: ExpirationData, outer: ExpirationData): boolean {
  return (
    inner.notBefore <= inner.notAfter &&
    inner.notBefore >= outer.notBefore &&
    inner.notAfter <= outer.notAfter
  );
}

/** Whether `nowMs` (UTC milliseconds) falls into the validity. */
export function isCurrent(expiration: ExpirationData, nowMs: number): boolean {
  const now = BigInt(Math.floor(nowMs / 1000));
  return now >= expiration.notBefore && now <= expiration.notAfter;
}
