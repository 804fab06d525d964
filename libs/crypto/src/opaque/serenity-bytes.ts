import { parseBase64Url } from '@phoenix/wire';

/** What the library says in base64url, as bytes. */
export function bytes(text: string): Uint8Array {
  const parsed = parseBase64Url(text);
  if (parsed === undefined) throw new Error('@serenity-kit/opaque answered no base64url');
  return parsed;
}

/** The library throws for messages that do not fit: those came from outside, and are no fault of ours. */
export function attempted<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch {
    return undefined;
  }
}
