import { type Codec } from '../tls/codec.js';
import { mapped, opaque } from '../tls/combinators.js';
import { DecodeError } from '../tls/decode-error.js';
import { utf8 } from '../tls/bytes.js';

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const MAX_LENGTH = 253;

/** A lower-case host name without port or trailing dot (RFC 1123 §2.1). */
export function isDomain(text: string): boolean {
  return text.length <= MAX_LENGTH && DOMAIN.test(text);
}

/** A home domain: `opaque domain<V>` holding lower-case ASCII. */
export const domain: Codec<string> = mapped(
  opaque(MAX_LENGTH),
  (bytes) => {
    const text = String.fromCharCode(...bytes);
    if (!isDomain(text)) throw new DecodeError('invalid-value');
    return text;
  },
  utf8,
);
