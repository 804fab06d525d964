/** A pseudonym as the key of a set or map. */
export function pseudonymKey(pseudonym: Uint8Array): string {
  return Buffer.from(pseudonym.buffer, pseudonym.byteOffset, pseudonym.length).toString('latin1');
}

/** A set of pseudonyms. */
export function pseudonymSet(pseudonyms: readonly Uint8Array[]): ReadonlySet<string> {
  return new Set(pseudonyms.map(pseudonymKey));
}
