/**
 * Array parameters in PostgreSQL's binary format (`array_send` in arrayfuncs.c), for `unnest($1::uuid[], ...)`: one
 * statement takes a thousand rows. node-pg sends a JS array as text, with bytea in hex, at a third of the speed.
 *
 * Layout, big-endian int32: dimensions, has-nulls flag, element type's OID, then per dimension length and lower bound,
 * then per element its length (-1 for null) and its bytes.
 */
const OID = { bytea: 17, int8: 20, int4: 23, text: 25, uuid: 2950 } as const;
const HEADER = 20;
const EMPTY_HEADER = 12;
const NULL_LENGTH = -1;

/** Elements as `uuid`: 16 bytes, or the hyphenated form. Throws on anything else. */
export function uuidArray(ids: readonly (Uint8Array | string)[]): Buffer {
  return encode(OID.uuid, ids.map(uuidBytes));
}

/** Elements as `bytea`; `null` stays null. */
export function byteaArray(values: readonly (Uint8Array | null)[]): Buffer {
  return encode(OID.bytea, values);
}

/** Elements as `text`; `null` stays null. */
export function textArray(values: readonly (string | null)[]): Buffer {
  return encode(
    OID.text,
    values.map((value) => (value === null ? null : Buffer.from(value, 'utf8'))),
  );
}

/** Elements as `int8`. Throws beyond 64 signed bits. */
export function int8Array(values: readonly bigint[]): Buffer {
  return fixed(OID.int8, 8, values, (buffer, value, at) => {
    // Checked here: Node's own error repeats the value.
    if (BigInt.asIntN(64, value) !== value) throw new RangeError('int8 takes 64 signed bits');
    buffer.writeBigInt64BE(value, at);
  });
}

/** Elements as `int4`. Throws beyond 32 signed bits and on fractions. */
export function int4Array(values: readonly number[]): Buffer {
  return fixed(OID.int4, 4, values, (buffer, value, at) => {
    if ((value | 0) !== value) throw new RangeError('int4 takes whole numbers of 32 signed bits');
    buffer.writeInt32BE(value, at);
  });
}

function encode(oid: number, elements: readonly (Uint8Array | null)[]): Buffer {
  const size = elements.reduce((sum, element) => sum + 4 + (element?.length ?? 0), 0);
  const buffer = header(oid, elements.length, size, elements.includes(null));
  let at = buffer.length - size;
  for (const element of elements) {
    at = buffer.writeInt32BE(element?.length ?? NULL_LENGTH, at);
    if (element === null) continue;
    buffer.set(element, at);
    at += element.length;
  }
  return buffer;
}

function fixed<T>(
  oid: number,
  width: number,
  values: readonly T[],
  write: (buffer: Buffer, value: T, at: number) => void,
): Buffer {
  const size = values.length * (4 + width);
  const buffer = header(oid, values.length, size, false);
  let at = buffer.length - size;
  for (const value of values) {
    at = buffer.writeInt32BE(width, at);
    write(buffer, value, at);
    at += width;
  }
  return buffer;
}

/** An array's buffer with its header filled in and `size` bytes left for the elements. */
function header(oid: number, length: number, size: number, hasNulls: boolean): Buffer {
  // Postgres writes and reads an empty array as one of no dimensions.
  const buffer = Buffer.allocUnsafe(length === 0 ? EMPTY_HEADER : HEADER + size);
  let at = buffer.writeInt32BE(length === 0 ? 0 : 1, 0);
  at = buffer.writeInt32BE(hasNulls ? 1 : 0, at);
  at = buffer.writeInt32BE(oid, at);
  if (length === 0) return buffer;
  at = buffer.writeInt32BE(length, at);
  buffer.writeInt32BE(1, at);
  return buffer;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function uuidBytes(id: Uint8Array | string): Uint8Array {
  if (typeof id === 'string' && UUID.test(id)) return Buffer.from(id.replaceAll('-', ''), 'hex');
  // The value itself stays out of the error: ids are metadata.
  if (typeof id === 'string' || id.length !== 16) throw new TypeError('not a UUID');
  return id;
}
