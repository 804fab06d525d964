import type { PhoenixCrypto } from '@phoenix/crypto';
import { concat, LABELS } from '@phoenix/wire';

/** What a client record key signs to show that its holder joins this user: user id, client id, user key. */
export interface ClientKeyClaim {
  readonly userId: Uint8Array;
  readonly clientId: Uint8Array;
  readonly userKey: Uint8Array;
  readonly clientKey: Uint8Array;
  readonly clientKeyProof: Uint8Array;
}

/** Whether whoever made the claim holds the client key (docs/protocol §4). */
export function holdsClientKey(crypto: PhoenixCrypto, claim: ClientKeyClaim): boolean {
  return crypto.verifyWithLabel(
    claim.clientKey,
    LABELS.qsClientKey,
    concat(claim.userId, claim.clientId, claim.userKey),
    claim.clientKeyProof,
  );
}
