const MAX_VECTOR = 0x3fffffff;

/** Writes TLS presentation language with RFC 9420's variable-size vectors; grows as needed. Values out of range throw a RangeError: that is a bug of the caller. */
export class Writer {
  #buffer: Uint8Array;
  #length = 0;

  constructor(capacity = 256) {
    this.#buffer = new Uint8Array(capacity);
  }

  u8(value: number): this {
    return this.#uint(value, 1);
  }

  u16(value: number): this {
    return this.#uint(value, 2);
  }

  u32(value: number): this {
    return this.#uint(value, 4);
  }

  u64(value: bigint): this {
    if (value < 0n || value > 0xffffffffffffffffn) throw new RangeError('u64 out of range');
    return this.#uint(Number(value >> 32n), 4).#uint(Number(value & 0xffffffffn), 4);
  }

  /** The bytes as they are, without a length. */
  bytes(value: Uint8Array): this {
    this.#reserve(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  /** A variable-size vector's length prefix (RFC 9420 §2.1.2). */
  length(value: number): this {
    if (value < 0x40) return this.#uint(value, 1);
    if (value < 0x4000) return this.#uint(0x4000 + value, 2);
    if (value > MAX_VECTOR) throw new RangeError('vector too long');
    return this.#uint(0x80000000 + value, 4);
  }

  /** `opaque x<V>`. */
  opaque(value: Uint8Array): this {
    return this.length(value.length).bytes(value);
  }

  /** `T items<V>`. */
  list<T>(items: readonly T[], write: (writer: Writer, item: T) => void): this {
    const inner = new Writer(items.length * 64);
    for (const item of items) write(inner, item);
    return this.opaque(inner.view());
  }

  /** `optional<T>`. */
  optional<T>(value: T | undefined, write: (writer: Writer, value: T) => void): this {
    this.u8(value === undefined ? 0 : 1);
    if (value !== undefined) write(this, value);
    return this;
  }

  /** What was written, as a view that further writes may invalidate. */
  view(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  /** A copy of what was written, of exactly its length. */
  finish(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }

  /** Overwrites the buffer with zeros: for structs that hold secrets. */
  wipe(): void {
    this.#buffer.fill(0);
    this.#length = 0;
  }

  #uint(value: number, size: 1 | 2 | 4): this {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * size))
      throw new RangeError('integer out of range');
    this.#reserve(size);
    let rest = value;
    for (let i = size - 1; i >= 0; i--) {
      this.#buffer[this.#length + i] = rest & 0xff;
      rest = Math.floor(rest / 0x100);
    }
    this.#length += size;
    return this;
  }

  /** The outgrown buffer is zeroed, so that a struct's secrets stay in one place. */
  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#buffer.length) return;
    const old = this.#buffer;
    this.#buffer = new Uint8Array(Math.max(needed, old.length * 2));
    this.#buffer.set(old);
    old.fill(0);
  }
}
