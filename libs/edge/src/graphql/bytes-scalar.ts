import { GraphQLScalarType, Kind } from 'graphql';
import { RefusedError } from '../errors/refused-error.js';

const BASE64_URL = /^[A-Za-z0-9_-]*$/;
/** The last characters that leave no bits over, by the length of the text modulo four. */
const LAST = { 2: /[AQgw]$/, 3: /[AEIMQUYcgkosw048]$/ } as const;

/** `Bytes`: a Uint8Array as canonical base64url without padding (RFC 4648 §5); anything else is BAD_REQUEST. */
export const BytesScalar = new GraphQLScalarType<Uint8Array, string>({
  name: 'Bytes',
  description: 'Bytes as base64url without padding.',
  serialize: (value) => {
    if (!(value instanceof Uint8Array)) throw new TypeError('Bytes serializes a Uint8Array');
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64url');
  },
  parseValue: (value) => parseBytes(value),
  parseLiteral: (node) => parseBytes(node.kind === Kind.STRING ? node.value : undefined),
});

function parseBytes(value: unknown): Uint8Array {
  if (typeof value !== 'string' || !isCanonical(value)) throw new RefusedError({ code: 'BAD_REQUEST' });
  // Written into an array of its own: a slice of Buffer's shared pool could not be wiped by its holder with confidence.
  const bytes = new Uint8Array((value.length * 3) >> 2);
  Buffer.from(bytes.buffer).write(value, 'base64url');
  return bytes;
}

function isCanonical(text: string): boolean {
  const rest = text.length % 4;
  if (rest === 1 || !BASE64_URL.test(text)) return false;
  return rest === 2 || rest === 3 ? LAST[rest].test(text) : true;
}
