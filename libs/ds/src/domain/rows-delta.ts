import { equal, Reader, Writer } from '@phoenix/wire';

/** Bytes by index: a tree's nodes, or its members' key sets. Undefined where there are none, and from the end on. */
export type Rows = readonly (Uint8Array | undefined)[];

/**
 * What turns newer rows back into older ones: `{ uint32 index; optional<opaque<V>> row }` for each that differs. A view;
 * it is not decoded until an epoch is rebuilt.
 */
export type RowsDelta = Uint8Array;

export const NO_CHANGE: RowsDelta = new Uint8Array(0);

/** The delta that puts these rows in their places. */
export function deltaTo(older: ReadonlyMap<number, Uint8Array | undefined>): RowsDelta {
  const writer = new Writer();
  for (const [index, row] of older) writer.u32(index).optional(row, (w, bytes) => w.opaque(bytes));
  return writer.finish();
}

/** Something with an encoding, made when asked for, like a tree's node. */
interface Encodable {
  readonly bytes: Uint8Array;
}

/** The delta from newer rows to older ones. Rows that are one and the same object are not looked into. */
export function deltaOf(
  newer: readonly (Encodable | undefined)[],
  older: readonly (Encodable | undefined)[],
): RowsDelta {
  const changes = new Map<number, Uint8Array | undefined>();
  const width = Math.max(newer.length, older.length);
  for (let index = 0; index < width; index++) {
    const [after, before] = [newer[index], older[index]];
    if (after !== before && !isSame(after?.bytes, before?.bytes)) changes.set(index, before?.bytes);
  }
  return deltaTo(changes);
}

/**
 * One delta in the place of two that follow each other. It never has more rows than there are, however many it was
 * made of, and no epoch in between is rebuilt for it.
 */
export function composed(newer: RowsDelta, older: RowsDelta): RowsDelta {
  if (newer.length === 0) return older;
  if (older.length === 0) return newer;
  const added = new Map([...changesOf(newer)].map(({ index, encoded }) => [index, encoded]));
  for (const index of indicesOf(older)) added.delete(index);
  const writer = new Writer(older.length + newer.length).bytes(older);
  for (const encoded of added.values()) writer.bytes(encoded);
  return writer.view();
}

/** The older rows. @throws DecodeError */
export function applied(newer: Rows, delta: RowsDelta): (Uint8Array | undefined)[] {
  const older = [...newer];
  for (const { index, row } of changesOf(delta)) {
    while (older.length < index) older.push(undefined);
    older[index] = row;
  }
  return older;
}

interface Change {
  readonly index: number;
  readonly row: Uint8Array | undefined;
  readonly encoded: Uint8Array;
}

function* changesOf(delta: RowsDelta): Generator<Change> {
  const reader = new Reader(delta);
  while (reader.remaining > 0) {
    const start = reader.position;
    const index = reader.u32();
    const row = reader.optional((r) => r.opaque());
    yield { index, row, encoded: reader.slice(start) };
  }
}

/** The rows themselves are stepped over: there are hundreds, and one commit changes a dozen. */
function* indicesOf(delta: RowsDelta): Generator<number> {
  const reader = new Reader(delta);
  while (reader.remaining > 0) {
    yield reader.u32();
    reader.optional(skipRow);
  }
}

function skipRow(reader: Reader): void {
  reader.skipOpaque();
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && equal(a, b);
}
