import { nodeCrypto } from '@phoenix/crypto';
import { SeededRandom } from '@phoenix/crypto/testing';
import type { Outcome } from '@phoenix/wire';
import { type AsDirectories, verifyAsDirectory } from '../../credentials/as-directory.js';
import type { Judgement } from '../../credentials/verify-client-credential.js';
import { CredentialAuthority } from '../credential-authority.js';

export const DOMAIN = 'example.com';
/** A Wednesday noon. */
export const NOW = Date.UTC(2026, 4, 20, 12);
export const crypto = nodeCrypto(new SeededRandom('rule cases'));
export const authority = new CredentialAuthority(crypto, DOMAIN, NOW);

/** What is believed of the home domain's AS once it has revoked these fingerprints. */
export function directories(revoked: readonly Uint8Array[] = []): AsDirectories {
  return new Map([[DOMAIN, mustHold(verifyAsDirectory(crypto, DOMAIN, authority.listed(revoked)))]]);
}

/** By whom and when what enters is judged. */
export const judgement: Judgement = { directories: directories(), presence: 'entering', nowMs: NOW };

/** Bytes like no others. */
export const fresh = (length = 32): Uint8Array => crypto.random.bytes(length);

/** @throws Error where a step on the way to a case is refused. */
export function mustHold<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal.rule ?? outcome.refusal.code);
  return outcome.value;
}
