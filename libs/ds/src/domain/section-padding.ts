import { DecodeError, Reader, Writer } from '@phoenix/wire';

const LENGTH = 4;

/** Bytes that a stored section holds beside its content: commitment, nonce, vector length, GCM tag and content length. */
export const SECTION_OVERHEAD = 32 + 12 + 4 + 16 + LENGTH;

/** `{ uint32 length; opaque content[length]; zeros }`, such that the stored section is of exactly `size` bytes. */
export function padSection(content: Uint8Array, size: number): Uint8Array {
  const padded = new Uint8Array(size - SECTION_OVERHEAD + LENGTH);
  padded.set(new Writer(LENGTH).u32(content.length).view());
  padded.set(content, LENGTH);
  return padded;
}

/**
 * The content of a padded section, as a view. The zeros are under the section's authentication tag: nobody without
 * the key can have changed them, and walking them would cost more than reading the roster.
 * @throws DecodeError
 */
export function unpadSection(padded: Uint8Array): Uint8Array {
  const reader = new Reader(padded);
  const length = reader.u32();
  if (length > reader.remaining) throw new DecodeError('truncated');
  return reader.fixed(length);
}
