import type { PhoenixCrypto } from '@phoenix/crypto';
import { concat, encode, LABELS, pad, tryDecode, unpad, type UserId, userId, utf8 } from '@phoenix/wire';

const KEY_ID_BYTES = 16;

/** By what the AS finds a profile: who has the key can ask for it, and who has not learns nothing of it (docs/protocol §5). */
export function profileKeyId(crypto: PhoenixCrypto, profileKey: Uint8Array, user: UserId): Uint8Array {
  return crypto.deriveKey(profileKey, LABELS.profileId, encode(userId, user)).slice(0, KEY_ID_BYTES);
}

/** A profile as the AS keeps it: encrypted, bound to its user, of one of few sizes. */
export function sealProfile(
  crypto: PhoenixCrypto,
  profileKey: Uint8Array,
  user: UserId,
  content: Uint8Array,
): Uint8Array {
  return crypto.encrypt(profileKey, aadOf(user), pad(content));
}

/** The content; undefined for what is not a profile of this user under this key. */
export function openProfile(
  crypto: PhoenixCrypto,
  profileKey: Uint8Array,
  user: UserId,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const padded = crypto.decrypt(profileKey, aadOf(user), sealed);
  return padded && tryDecode(() => unpad(padded));
}

function aadOf(user: UserId): Uint8Array {
  return concat(utf8('profile'), encode(userId, user));
}
