const ALIAS = /^[a-z0-9._-]{3,63}$/;

/** Whether a text is an alias, as written before its `@domain` (docs/protocol §3). */
export function isAlias(text: string): boolean {
  return ALIAS.test(text);
}
