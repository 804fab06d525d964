import type { PhoenixCrypto } from '@phoenix/crypto';
import type { IssuedCredential } from '../domain/issued-credential.js';
import type { NewUser } from '../ports/registration-store.js';

/** What stores take for a credential: random bytes under their own hash, ending in the given month. */
export function anIssuedCredential(crypto: PhoenixCrypto, lastMonth = 700): IssuedCredential {
  const credential = crypto.random.bytes(200);
  return { credential, fingerprint: crypto.sha256(credential), lastMonth };
}

/** A user to be made, with a fresh client; no invitation. */
export function aNewUser(crypto: PhoenixCrypto, uuid: Uint8Array = crypto.random.uuid()): NewUser {
  return {
    client: { user: { uuid, domain: 'example.com' }, uuid: crypto.random.uuid() },
    opaqueRecord: crypto.random.bytes(192),
    invitation: undefined,
  };
}
