import { decode, encrypted, padmeSize, tryDecode } from '@phoenix/wire';

/** Bytes of the id of a profile's key. */
export const PROFILE_KEY_ID_BYTES = 16;
/** Of what is encrypted, in bytes. */
const MOST = 256 * 1024;
const TAG = 16;

/** Whether a profile has one of the few sizes that `Pad` makes: sizes would tell profiles, and users, apart (docs/protocol §2). */
export function isProfile(bytes: Uint8Array): boolean {
  const sealed = tryDecode(() => decode(encrypted, bytes));
  if (sealed === undefined) return false;
  const size = sealed.ciphertext.length - TAG;
  return size <= MOST && size === padmeSize(size);
}
