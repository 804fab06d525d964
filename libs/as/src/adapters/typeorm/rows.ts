/** How many rows an UPDATE or DELETE met, as TypeORM answers them: `[rows, count]`. */
export function affected(result: unknown): number {
  const [, count] = result as [unknown, number];
  return count;
}

/** A column's bytes, detached from the driver's buffer. */
export function bytesOf(column: Buffer): Uint8Array {
  return new Uint8Array(column);
}
