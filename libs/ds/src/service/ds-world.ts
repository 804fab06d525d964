import type { Clock, PhoenixCrypto } from '@phoenix/crypto';

/** How large things may get. */
export interface DsLimits {
  readonly maxMembers: number;
  /** Of an application message, as its MLSMessage. */
  readonly maxMessageBytes: number;
}

/** The protocol's defaults (docs/protocol §9). */
export const DEFAULT_LIMITS: DsLimits = { maxMembers: 1000, maxMessageBytes: 1024 * 1024 };

/** What every use case stands in. */
export interface DsWorld {
  /** The home domain: it names the DS in group ids. */
  readonly domain: string;
  readonly clock: Clock;
  readonly crypto: PhoenixCrypto;
  readonly limits: DsLimits;
}

/** The largest tree, in leaves, that a group of so many members can have: Adds fill the blanks first. */
export function maxLeaves({ maxMembers }: DsLimits): number {
  return 2 ** Math.ceil(Math.log2(maxMembers));
}
