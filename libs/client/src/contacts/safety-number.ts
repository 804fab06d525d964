import type { PhoenixCrypto } from '@phoenix/crypto';
import { concat, encode, labelledContent, userId, type UserId } from '@phoenix/wire';

/** Someone as a safety number knows it: an Ed25519 credential key (32 bytes), which renewal keeps. */
export interface NumberedParty {
  readonly user: UserId;
  readonly credentialKey: Uint8Array;
}

const LABEL = 'SafetyNumber';
/** What finding another key with the same 30 digits costs an attacker for each try. */
const ROUNDS = 5200;
const GROUPS = 6;
const GROUP_BYTES = 5;

/**
 * The 60 digits that two people compare past every server: 30 of each party, the smaller first, so both see the same. They change with
 * either credential key. Source: docs/protocol §3.
 */
export function safetyNumber(crypto: PhoenixCrypto, one: NumberedParty, other: NumberedParty): string {
  return [digitsOf(crypto, one), digitsOf(crypto, other)].sort().join('');
}

/** h = SHA-256(label, user || key), then h = SHA-256(h || key) on and on; six groups of 40 bits, each modulo 100,000. */
function digitsOf(crypto: PhoenixCrypto, { user, credentialKey }: NumberedParty): string {
  let digest = crypto.sha256(labelledContent(LABEL, concat(encode(userId, user), credentialKey)));
  for (let round = 1; round < ROUNDS; round++) digest = crypto.sha256(concat(digest, credentialKey));
  const groups = Array.from({ length: GROUPS }, (_, i) => {
    const bytes = digest.subarray(i * GROUP_BYTES, (i + 1) * GROUP_BYTES);
    const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    return String(number % 100_000).padStart(5, '0');
  });
  return groups.join('');
}
