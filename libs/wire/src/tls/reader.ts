import { DecodeError } from './decode-error.js';

const MAX_VECTOR = 0x3fffffff;

/**
 * Reads TLS presentation language (RFC 8446 §3) with RFC 9420's variable-size vectors (§2.1.2).
 * Byte strings are views into the input, not copies: copy what must outlive it.
 * @throws DecodeError from every method, and nothing else.
 */
export class Reader {
  #at = 0;

  constructor(private readonly input: Uint8Array) {}

  /** Bytes not yet read. */
  get remaining(): number {
    return this.input.length - this.#at;
  }

  /** Offset of the next byte. */
  get position(): number {
    return this.#at;
  }

  /** What was read between two positions, as a view. */
  slice(start: number, end: number = this.#at): Uint8Array {
    return this.input.subarray(start, end);
  }

  u8(): number {
    return this.input[this.#advance(1)] as number;
  }

  u16(): number {
    const at = this.#advance(2);
    return this.#byte(at) * 0x100 + this.#byte(at + 1);
  }

  u32(): number {
    const at = this.#advance(4);
    const low = (this.#byte(at + 1) << 16) | (this.#byte(at + 2) << 8) | this.#byte(at + 3);
    return this.#byte(at) * 0x1000000 + low;
  }

  u64(): bigint {
    const high = this.u32();
    const low = this.u32();
    return high < 0x200000 ? BigInt(high * 0x100000000 + low) : (BigInt(high) << 32n) | BigInt(low);
  }

  /** Exactly `length` bytes. */
  fixed(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.input.subarray(start, this.#at);
  }

  /** Steps over exactly `length` bytes: a view of what is not looked at costs more than all the rest. */
  skip(length: number): void {
    this.#advance(length);
  }

  /** A variable-size vector's length: one, two or four bytes, in the shortest form (RFC 9420 §2.1.2). */
  length(): number {
    const first = this.u8();
    const prefix = first >> 6;
    if (prefix === 3) throw new DecodeError('non-minimal-length');
    if (prefix === 0) return first;
    const high = first & 0x3f;
    const length = prefix === 1 ? (high << 8) | this.u8() : (high << 24) | (this.u8() << 16) | this.u16();
    if (length < (prefix === 1 ? 0x40 : 0x4000)) throw new DecodeError('non-minimal-length');
    return length;
  }

  /** `opaque x<V>`, at most `max` bytes. */
  opaque(max = MAX_VECTOR): Uint8Array {
    return this.fixed(this.#lengthUpTo(max));
  }

  /** Steps over an `opaque x<V>` of at most `max` bytes. */
  skipOpaque(max = MAX_VECTOR): void {
    this.#advance(this.#lengthUpTo(max));
  }

  /** `T items<V>`: elements until the vector's bytes are used up; at most `max` elements. */
  list<T>(read: (reader: Reader) => T, max = Number.MAX_SAFE_INTEGER): T[] {
    const inner = new Reader(this.opaque());
    const items: T[] = [];
    while (inner.remaining > 0) {
      if (items.length >= max) throw new DecodeError('over-long');
      items.push(read(inner));
    }
    return items;
  }

  /** `optional<T>`: a presence octet of 0 or 1, then the value. */
  optional<T>(read: (reader: Reader) => T): T | undefined {
    const present = this.u8();
    if (present > 1) throw new DecodeError('unknown-value');
    return present === 1 ? read(this) : undefined;
  }

  /** Refuses whatever was not read. */
  end(): void {
    if (this.remaining > 0) throw new DecodeError('trailing-bytes');
  }

  #lengthUpTo(max: number): number {
    const length = this.length();
    if (length > max) throw new DecodeError('over-long');
    return length;
  }

  /** Steps over `size` bytes; where they begin. */
  #advance(size: number): number {
    const start = this.#at;
    if (size > this.input.length - start) throw new DecodeError('truncated');
    this.#at = start + size;
    return start;
  }

  #byte(at: number): number {
    return this.input[at] as number;
  }
}
