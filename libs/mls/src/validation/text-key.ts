const decoder = new TextDecoder('latin1');

/** A byte string as a key of a Map or Set: one character for each byte, different ones for different bytes. */
export function textKey(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
