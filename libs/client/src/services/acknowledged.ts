import type { Operation } from './operation.js';

/** A mutation with an input that has nothing else to say than that it was done. */
export function acknowledged(field: string, inputType: string): Operation<void> {
  return { kind: 'mutation', field, selection: '{acknowledged}', inputType, read: () => undefined };
}
