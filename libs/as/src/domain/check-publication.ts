import type { PhoenixCrypto } from '@phoenix/crypto';
import { shuffled } from '@phoenix/queue';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { MAX_CONNECTION_PACKAGES } from './connection-limits.js';
import { checkPackage, type PackageSigner, type PublishedPackage } from './published-package.js';
import type { AsRuleId } from './rules.js';

/**
 * Checks what is published in place of all before, one by one and as a whole, and answers it in random order. Refuses with
 * LIMIT_EXCEEDED for too many, else with INVALID_KEY_PACKAGE and the rule.
 */
export function checkPublication(
  crypto: PhoenixCrypto,
  uploads: readonly Uint8Array[],
  nowMs: number,
  signer: PackageSigner | undefined,
): Outcome<PublishedPackage[]> {
  if (uploads.length > MAX_CONNECTION_PACKAGES) return refuse('LIMIT_EXCEEDED');
  const packages = new Map<string, PublishedPackage>();
  for (const encoded of uploads) {
    const checked = checkPackage(crypto, encoded, nowMs, signer);
    if (!checked.ok) return broken(checked.rule);
    packages.set(Buffer.from(checked.value.hash).toString('hex'), checked.value);
  }
  if (packages.size < uploads.length) return broken('as.connection-package.unique');
  const checked = [...packages.values()];
  if (!checked.some(({ lastResort }) => lastResort)) return broken('as.connection-package.last-resort');
  return done(shuffled(crypto.random, checked));
}

function broken(rule: AsRuleId): Outcome<never> {
  return refuse('INVALID_KEY_PACKAGE', { rule });
}
