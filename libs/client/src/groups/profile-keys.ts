import { equal } from '@phoenix/wire';

/** The AS keeps a user's last two profiles, and so do those who read them (docs/protocol §5). */
const KEPT = 2;

/** A member's profile keys with the newest one in front. */
export function withProfileKey(known: readonly Uint8Array[], newest: Uint8Array | undefined): Uint8Array[] {
  if (newest === undefined) return [...known];
  return [newest, ...known.filter((key) => !equal(key, newest))].slice(0, KEPT);
}
