import { DecodeError } from './decode-error.js';

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
    return this.#uint(1);
  }

  u16(): number {
    return this.#uint(2);
  }

  u32(): number {
    return this.#uint(4);
  }

  u64(): bigint {
    return (BigInt(this.#uint(4)) << 32n) | BigInt(this.#uint(4));
  }

  /** Exactly `length` bytes. */
  fixed(length: number): Uint8Array {
    const start = this.#at;
    if (length > this.input.length - start) throw new DecodeError('truncated');
    this.#at = start + length;
    return this.input.subarray(start, this.#at);
  }

  /** A variable-size vector's length: one, two or four bytes, in the shortest form (RFC 9420 §2.1.2). */
  length(): number {
    const first = this.u8();
    const prefix = first >> 6;
    if (prefix === 3) throw new DecodeError('non-minimal-length');
    if (prefix === 0) return first;
    const rest = this.#uint(prefix === 1 ? 1 : 3);
    const length = prefix === 1 ? (first & 0x3f) * 0x100 + rest : (first & 0x3f) * 0x1000000 + rest;
    if (length < (prefix === 1 ? 0x40 : 0x4000)) throw new DecodeError('non-minimal-length');
    return length;
  }

  /** `opaque x<V>`, at most `max` bytes. */
  opaque(max = 0x3fffffff): Uint8Array {
    const length = this.length();
    if (length > max) throw new DecodeError('over-long');
    return this.fixed(length);
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

  #uint(size: 1 | 2 | 3 | 4): number {
    const start = this.#at;
    if (size > this.input.length - start) throw new DecodeError('truncated');
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 0x100 + (this.input[start + i] as number);
    this.#at = start + size;
    return value;
  }
}
