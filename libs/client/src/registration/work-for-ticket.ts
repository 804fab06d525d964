import type { PhoenixCrypto } from '@phoenix/crypto';
import { done, type Outcome, refuse, searchProofOfWork } from '@phoenix/wire';

/** About a minute on a small machine: no AS makes us work for days. */
const MOST_BITS = 24;
const TRIED_AT_ONCE = 1 << 14;

/**
 * Solves the puzzle over a ticket, letting others have their turn. Undefined where there is none to solve; refused with
 * LIMIT_EXCEEDED (`client.registration.work`) where it is harder than anybody should ask for.
 */
export async function workForTicket(
  crypto: PhoenixCrypto,
  ticket: Uint8Array,
  bits: number,
): Promise<Outcome<Uint8Array | undefined>> {
  if (bits <= 0) return done(undefined);
  if (bits > MOST_BITS) return refuse('LIMIT_EXCEEDED', { rule: 'client.registration.work' });
  const sha256 = (bytes: Uint8Array): Uint8Array => crypto.sha256(bytes);
  for (let from = 0; ; from += TRIED_AT_ONCE) {
    const nonce = searchProofOfWork(sha256, ticket, bits, { from, count: TRIED_AT_ONCE });
    if (nonce !== undefined) return done(nonce);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
