import type { PhoenixCrypto } from '@phoenix/crypto';
import { type Codec, encode } from '@phoenix/wire';

/** SHA-256 of an encoded credential, in hexadecimal: what children and revocation lists name it by (docs/protocol §3). */
export function fingerprint<T>(crypto: PhoenixCrypto, codec: Codec<T>, credential: T): string {
  return hex(crypto.sha256(encode(codec, credential)));
}

/** Lower-case hexadecimal: bytes as the key of a map. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
