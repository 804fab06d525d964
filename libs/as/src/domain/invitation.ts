import { type PhoenixCrypto } from '@phoenix/crypto';
import { utf8 } from '@phoenix/wire';

/** Crockford's letters: none that is read as another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LETTERS = 24;
const GROUP = 4;
const CODE = new RegExp(`^[${ALPHABET}]{${LETTERS}}$`);

/** A new invitation code: 120 random bits in six groups of four letters. */
export function drawInvitation(crypto: PhoenixCrypto): string {
  const letters = [...crypto.random.bytes(LETTERS)].map((byte) => ALPHABET[byte & 31]);
  return letters.join('').replace(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-');
}

/**
 * What is kept of a code: SHA-256, 32 bytes. Nobody guesses 120 bits, so no salt or stretching is due. Undefined for what is
 * no code, however it is written: case, hyphens and blanks do not count.
 */
export function hashInvitation(crypto: PhoenixCrypto, code: string): Uint8Array | undefined {
  const letters = code.length > 100 ? '' : code.toLowerCase().replace(/[\s-]/g, '');
  return CODE.test(letters) ? crypto.sha256(utf8(`invitation ${letters}`)) : undefined;
}
