import { DecodeError } from './decode-error.js';

/** What `read` decodes from bytes of others; undefined when they are not an encoding of it. What else it throws is a bug, and stays one. */
export function tryDecode<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
