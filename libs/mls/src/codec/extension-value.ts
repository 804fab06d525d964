import { type Codec, decode, DecodeError } from '@phoenix/wire';
import { type Extension, findExtension } from './extension.js';

/** What an extension's data encode: a value, nothing where the extension is absent, or that they are malformed. */
export type ExtensionValue<T> =
  | { readonly state: 'value'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'malformed' };

export function extensionValue<T>(
  extensions: readonly Extension[],
  type: number,
  codec: Codec<T>,
): ExtensionValue<T> {
  const data = findExtension(extensions, type);
  if (data === undefined) return { state: 'absent' };
  try {
    return { state: 'value', value: decode(codec, data) };
  } catch (error) {
    if (error instanceof DecodeError) return { state: 'malformed' };
    throw error;
  }
}
