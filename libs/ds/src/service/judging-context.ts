import { monthNumber } from '@phoenix/wire';
import type { JudgingContext } from '../domain/judge-commit.js';
import { type DsWorld, maxLeaves } from './ds-world.js';

/** What commits are judged in, at this moment. */
export function judgingContext({ clock, crypto, domain, limits }: DsWorld): JudgingContext {
  const nowMs = clock.now();
  return {
    crypto: crypto.mls,
    homeDomain: domain,
    nowMs,
    month: monthNumber(nowMs),
    maxLeaves: maxLeaves(limits),
  };
}
