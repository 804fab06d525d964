import { type Codec, decode, DecodeError, parseUuid } from '@phoenix/wire';
import { RefusedError } from '../errors/refused-error.js';

/** The 16 bytes of an `ID` argument; BAD_REQUEST unless it is a lower-case hyphenated UUID. */
export function uuidInput(id: string): Uint8Array {
  const uuid = parseUuid(id);
  if (uuid === undefined) throw new RefusedError({ code: 'BAD_REQUEST' });
  return uuid;
}

/** The struct that a `Bytes` argument encodes; BAD_REQUEST unless it is exactly one encoding of it. */
export function structInput<T>(codec: Codec<T>, bytes: Uint8Array): T {
  try {
    return decode(codec, bytes);
  } catch (error) {
    if (error instanceof DecodeError) throw new RefusedError({ code: 'BAD_REQUEST' });
    throw error;
  }
}
