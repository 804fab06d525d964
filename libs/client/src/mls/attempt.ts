import { CodecError, CryptoVerificationError, ValidationError } from 'ts-mls/mlsError.js';

/** What `work` makes of bytes from others, or undefined: ts-mls has no refusals but exceptions, of whatever type. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

/** Whether ts-mls refused an input, and was not used wrongly. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof ValidationError ||
    error instanceof CodecError ||
    error instanceof CryptoVerificationError
  );
}

/** ts-mls's words for a message whose key has been used, or is too old to be kept. */
export function isRepetition(error: unknown): boolean {
  return error instanceof ValidationError && error.message === 'Desired gen in the past';
}
