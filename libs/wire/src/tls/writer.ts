const MAX_VECTOR = 0x3fffffff;

/** Writes TLS presentation language with RFC 9420's variable-size vectors; grows as needed. Values out of range throw a RangeError: that is a bug of the caller. */
export class Writer {
  #buffer: Uint8Array;
  #length = 0;

  constructor(capacity = 256) {
    this.#buffer = new Uint8Array(capacity);
  }

  u8(value: number): this {
    requireUint(value, 0xff);
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
    return this;
  }

  u16(value: number): this {
    requireUint(value, 0xffff);
    this.#reserve(2);
    this.#buffer[this.#length++] = value >>> 8;
    this.#buffer[this.#length++] = value;
    return this;
  }

  u32(value: number): this {
    requireUint(value, 0xffffffff);
    this.#reserve(4);
    this.#buffer[this.#length++] = value >>> 24;
    this.#buffer[this.#length++] = value >>> 16;
    this.#buffer[this.#length++] = value >>> 8;
    this.#buffer[this.#length++] = value;
    return this;
  }

  u64(value: bigint): this {
    if (value < 0n || value > 0xffffffffffffffffn) throw new RangeError('u64 out of range');
    return this.u32(Number(value >> 32n)).u32(Number(value & 0xffffffffn));
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
    if (value < 0x40) return this.u8(value);
    if (value < 0x4000) return this.u16(0x4000 + value);
    if (value > MAX_VECTOR) throw new RangeError('vector too long');
    return this.u32(0x80000000 + value);
  }

  /** `opaque x<V>`. */
  opaque(value: Uint8Array): this {
    return this.length(value.length).bytes(value);
  }

  /** `T items<V>`, written in place: the length is put before them once it is known. */
  list<T>(items: readonly T[], write: (writer: Writer, item: T) => void): this {
    const start = this.#length;
    for (const item of items) write(this, item);
    return this.#prefix(start);
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

  /** Makes what was written since `start` a vector. */
  #prefix(start: number): this {
    const end = this.#length;
    const length = end - start;
    const size = length < 0x40 ? 1 : length < 0x4000 ? 2 : 4;
    this.#reserve(size);
    this.#buffer.copyWithin(start + size, start, end);
    this.#length = start;
    this.length(length);
    this.#length = end + size;
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

function requireUint(value: number, max: number): void {
  if (!Number.isInteger(value) || value < 0 || value > max) throw new RangeError('integer out of range');
}
