import { formatBase64, parseBase64 } from './base64.js';

const PREFIX = 'sha-256=:';
const SHA256_BYTES = 32;

/** `Content-Digest` of a body with this SHA-256 (32 bytes): the one form we send and accept (RFC 9530 §2). */
export function formatContentDigest(sha256: Uint8Array): string {
  return `${PREFIX}${formatBase64(sha256)}:`;
}

/** The SHA-256 (32 bytes) in a `Content-Digest` field; undefined for any other form, algorithm or length. */
export function parseContentDigest(field: string): Uint8Array | undefined {
  if (!field.startsWith(PREFIX) || !field.endsWith(':')) return undefined;
  const digest = parseBase64(field.slice(PREFIX.length, -1));
  return digest?.length === SHA256_BYTES ? digest : undefined;
}
