/** The same memory as a plain Uint8Array: a Buffer's `slice` is a view, so a wiped copy would take its original along. */
export function bytesOf(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
