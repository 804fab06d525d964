import type { ExpirationData } from '../credentials/expiration-data.js';
import { startOfMonth, startOfWeek } from './month.js';

const WEEK = 7 * 86_400_000;

/** Whole seconds; a validity's last second is the one before the next begins. */
function between(startMs: number, endMs: number): ExpirationData {
  return { notBefore: BigInt(startMs / 1000), notAfter: BigInt(endMs / 1000) - 1n };
}

/** Five years from the first of the month two back (docs/protocol §3). */
export function asCredentialValidity(nowMs: number): ExpirationData {
  return between(startOfMonth(nowMs, -2), startOfMonth(nowMs, -2 + 60));
}

/** One year from the first of the month two back. */
export function intermediateValidity(nowMs: number): ExpirationData {
  return between(startOfMonth(nowMs, -2), startOfMonth(nowMs, -2 + 12));
}

/** From the first of the previous month until three whole months have passed. */
export function clientCredentialValidity(nowMs: number): ExpirationData {
  return between(startOfMonth(nowMs, -1), startOfMonth(nowMs, 4));
}

/** Connection packages: from the first of the previous month until two whole months have passed (docs/protocol §5). */
export function connectionPackageValidity(nowMs: number): ExpirationData {
  return between(startOfMonth(nowMs, -1), startOfMonth(nowMs, 3));
}

/** Whether a connection package's validity has the only shape they may have, so that it tells a month and no more. */
export function isConnectionPackageValidity(expiration: ExpirationData): boolean {
  const start = Number(expiration.notBefore) * 1000;
  if (!Number.isSafeInteger(start) || start !== startOfMonth(start)) return false;
  return expiration.notAfter === connectionPackageValidity(startOfMonth(start, 1)).notAfter;
}

/** Leaves and KeyPackages: eight weeks from this week's Monday 00:00 UTC. */
export function leafValidity(nowMs: number): ExpirationData {
  return between(startOfWeek(nowMs), startOfWeek(nowMs) + 8 * WEEK);
}

/** Whether a leaf's validity has the only shape they may have: eight weeks from a Monday, so that none stands out. */
export function isLeafValidity(expiration: ExpirationData): boolean {
  const start = Number(expiration.notBefore) * 1000;
  if (!Number.isSafeInteger(start) || start !== startOfWeek(start)) return false;
  return expiration.notAfter === leafValidity(start).notAfter;
}
