const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url without padding (RFC 4648 §5): how bytes travel in GraphQL and in key ids. */
export function formatBase64Url(bytes: Uint8Array): string {
  return format(bytes, URL_SAFE);
}

/** The bytes of canonical base64url without padding; undefined for anything else (padding, stray bits, line ends). */
export function parseBase64Url(text: string): Uint8Array | undefined {
  return parse(text, URL_SAFE_VALUES);
}

/** Base64 with padding (RFC 4648 §4): byte sequences in structured fields (RFC 8941 §3.3.5). */
export function formatBase64(bytes: Uint8Array): string {
  return format(bytes, STANDARD) + '='.repeat((3 - (bytes.length % 3)) % 3);
}

/** The bytes of canonical base64 with padding; undefined for anything else. */
export function parseBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return parse(text.slice(0, text.length - padding), STANDARD_VALUES);
}

const STANDARD_VALUES = valuesOf(STANDARD);
const URL_SAFE_VALUES = valuesOf(URL_SAFE);
const NOT_IN_ALPHABET = 255;

function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128).fill(255);
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  return values;
}

function format(bytes: Uint8Array, alphabet: string): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const characters = Math.min(bytes.length - i, 3) + 1;
    for (let c = 0; c < characters; c++) text += alphabet.charAt((group >> (18 - 6 * c)) & 63);
  }
  return text;
}

function parse(text: string, values: Uint8Array): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let bits = 0;
  let pending = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = values[text.charCodeAt(i)] ?? NOT_IN_ALPHABET;
    if (value === NOT_IN_ALPHABET) return undefined;
    pending = ((pending << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = pending >> bits;
  }
  // Left-over bits that are not zero would give the same bytes a second spelling.
  return (pending & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}
