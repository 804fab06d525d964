import { clientCredential, fixed, opaque, struct } from '@phoenix/wire';
import { recordKind } from '../store/record-kind.js';
import { keyPair } from './account.js';

/** The key that is to follow our credential key, and our present one's word for it: drawn, and kept, before anybody hears of it. */
export const NEXT_KEY = recordKind('next-credential-key', struct({ keys: keyPair, succession: opaque() }));

/**
 * A credential of ours whose key was replaced, with that key (Ed25519 seed) and the encoded KeySuccession to the next: leaves under it are
 * still in groups, and members want to see the succession before another one takes such a leaf's place.
 */
export const formerKey = struct({
  credential: clientCredential,
  credentialKey: fixed(32),
  succession: opaque(),
});

/** By the public key in hexadecimal. */
export const FORMER_KEY = recordKind('former-keys/', formerKey);
