import { AEAD_TAG_LENGTH, wipe } from '@phoenix/crypto';
import { type Codec, DecodeError, Reader, Writer } from '@phoenix/wire';

const LENGTH = 4;

/** Bytes before a stored section's ciphertext: commitment, nonce, vector length. */
export const SECTION_HEAD = 32 + 12 + 4;

/** Bytes that a stored section holds beside its content: the head, the GCM tag and the content's length. */
export const SECTION_OVERHEAD = SECTION_HEAD + AEAD_TAG_LENGTH + LENGTH;

const NO_HEAD = new Uint8Array(SECTION_HEAD);

/**
 * A section's content before it is sealed: `{ uint32 length; opaque content[length]; zeros }`. It is written at once
 * where it will be padded and sealed: a copy of some megabytes costs as much as encrypting them.
 */
export class SectionDraft {
  /** The writer's buffer, as far as it was written: room for the head, and the draft. */
  #written: Uint8Array;

  /** @param expected the stored size that the content will most likely be padded to. */
  static of<T>(codec: Codec<T>, value: T, expected = 0): SectionDraft {
    const writer = new Writer(Math.max(expected, SECTION_OVERHEAD)).bytes(NO_HEAD).u32(0);
    codec.write(writer, value);
    const draft = new SectionDraft(writer.view());
    draft.#written.set(new Writer(LENGTH).u32(draft.length).view(), SECTION_HEAD);
    return draft;
  }

  private constructor(written: Uint8Array) {
    this.#written = written;
  }

  /** Bytes of the content. */
  get length(): number {
    return this.#written.length - SECTION_HEAD - LENGTH;
  }

  /** The stored section of exactly `size` bytes before it is sealed: room for its head, the padded draft, room for the tag. */
  framed(size: number): Uint8Array {
    if (this.length + SECTION_OVERHEAD > size) throw new RangeError('the section does not fit');
    const { buffer } = this.#written;
    if (buffer.byteLength === size) return new Uint8Array(buffer);
    const framed = new Uint8Array(size);
    framed.set(this.#written);
    wipe(this.#written);
    return framed;
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
