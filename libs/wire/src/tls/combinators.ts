import type { Codec } from './codec.js';
import { DecodeError } from './decode-error.js';

export const u8: Codec<number> = { write: (w, v) => void w.u8(v), read: (r) => r.u8() };
export const u16: Codec<number> = { write: (w, v) => void w.u16(v), read: (r) => r.u16() };
export const u32: Codec<number> = { write: (w, v) => void w.u32(v), read: (r) => r.u32() };
export const u64: Codec<bigint> = { write: (w, v) => void w.u64(v), read: (r) => r.u64() };

/** `opaque x[length]`. */
export function fixed(length: number): Codec<Uint8Array> {
  return {
    write: (w, v) => {
      if (v.length !== length) throw new RangeError(`expected ${length} bytes`);
      w.bytes(v);
    },
    read: (r) => r.fixed(length),
  };
}

/** `opaque x<V>`, at most `max` bytes. */
export function opaque(max?: number): Codec<Uint8Array> {
  return { write: (w, v) => void w.opaque(v), read: (r) => r.opaque(max) };
}

/** `T items<V>`, at most `max` elements. */
export function list<T>(item: Codec<T>, max?: number): Codec<T[]> {
  return { write: (w, v) => void w.list(v, item.write), read: (r) => r.list(item.read, max) };
}

/** `optional<T>`. */
export function optional<T>(value: Codec<T>): Codec<T | undefined> {
  return { write: (w, v) => void w.optional(v, value.write), read: (r) => r.optional(value.read) };
}

/** An enum of one octet (or as wide as `width`): names to their values; any other value is refused. */
export function enumeration<K extends string>(
  values: Record<K, number>,
  width: Codec<number> = u8,
): Codec<K> {
  const names = new Map(Object.entries<number>(values).map(([name, value]) => [value, name as K]));
  return {
    write: (w, v) => width.write(w, values[v]),
    read: (r) => {
      const name = names.get(width.read(r));
      if (name === undefined) throw new DecodeError('unknown-value');
      return name;
    },
  };
}

/** A codec seen through another type; `from` may throw DecodeError. */
export function mapped<A, B>(codec: Codec<A>, from: (a: A) => B, to: (b: B) => A): Codec<B> {
  return { write: (w, v) => codec.write(w, to(v)), read: (r) => from(codec.read(r)) };
}

/** `struct { ... }`: the fields in the order they are written here. */
export function struct<T extends object>(fields: { [K in keyof T]: Codec<T[K]> }): Codec<T> {
  const names = Object.keys(fields) as (keyof T)[];
  return {
    write: (w, v) => {
      for (const name of names) fields[name].write(w, v[name]);
    },
    read: (r) => {
      const value: Partial<T> = {};
      for (const name of names) value[name] = fields[name].read(r);
      return value as T;
    },
  };
}
