import { DecodeError } from '@phoenix/wire';

/** What `read` decodes from bytes of others; undefined when they are not an encoding of it. */
export function tryDecode<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
