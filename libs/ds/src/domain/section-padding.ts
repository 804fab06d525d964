import { wipe } from '@phoenix/crypto';
import { type Codec, DecodeError, Reader, Writer } from '@phoenix/wire';

const LENGTH = 4;

/** Bytes that a stored section holds beside its content: commitment, nonce, vector length, GCM tag and content length. */
export const SECTION_OVERHEAD = 32 + 12 + 4 + 16 + LENGTH;

/**
 * A section's content before it is sealed: `{ uint32 length; opaque content[length]; zeros }`. It is written at once
 * where it will be padded: a copy of some megabytes costs as much as encrypting them.
 */
export class SectionDraft {
  /** The writer's buffer, as far as it was written. */
  #written: Uint8Array;

  /** @param expected the stored size that the content will most likely be padded to. */
  static of<T>(codec: Codec<T>, value: T, expected = 0): SectionDraft {
    const writer = new Writer(Math.max(expected - SECTION_OVERHEAD, 0) + LENGTH).u32(0);
    codec.write(writer, value);
    const written = writer.view();
    written.set(new Writer(LENGTH).u32(written.length - LENGTH).view());
    return new SectionDraft(written);
  }

  private constructor(written: Uint8Array) {
    this.#written = written;
  }

  /** Bytes of the content. */
  get length(): number {
    return this.#written.length - LENGTH;
  }

  /** Padded, such that the stored section is of exactly `size` bytes. The caller wipes it. */
  padded(size: number): Uint8Array {
    const room = size - SECTION_OVERHEAD + LENGTH;
    const { buffer } = this.#written;
    if (buffer.byteLength === room) return new Uint8Array(buffer);
    const padded = new Uint8Array(room);
    padded.set(this.#written);
    wipe(this.#written);
    return padded;
  }
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
