import {
  decodeMlsMessage,
  defaultExtensionTypes,
  encodeMlsMessage,
  type Decoder,
  type Extension,
  type MLSMessage,
} from 'ts-mls';
import type { MlsExtension } from './mls-engine.js';

type Message<W extends MLSMessage['wireformat']> = Extract<MLSMessage, { wireformat: W }>;
type Body = MLSMessage extends infer M ? (M extends MLSMessage ? Omit<M, 'version'> : never) : never;

/**
 * The one value in `bytes`, to its last byte, of a copy: what ts-mls decodes are views. Undefined where there is none;
 * ts-mls's decoders throw or answer undefined as it comes.
 */
export function decodeWhole<T>(decoder: Decoder<T>, bytes: Uint8Array): T | undefined {
  try {
    const decoded = decoder(bytes.slice(), 0);
    return decoded?.[1] === bytes.length ? decoded[0] : undefined;
  } catch {
    return undefined;
  }
}

/** An MLSMessage of the wanted kind. */
export function readMessage<W extends MLSMessage['wireformat']>(
  bytes: Uint8Array,
  wireformat: W,
): Message<W> | undefined {
  const message = decodeWhole(decodeMlsMessage, bytes);
  return message?.wireformat === wireformat ? (message as Message<W>) : undefined;
}

export function writeMessage(body: Body): Uint8Array {
  return encodeMlsMessage({ version: 'mls10', ...body });
}

const NAMES = new Map(Object.entries(defaultExtensionTypes).map(([name, type]) => [type as number, name]));

/** ts-mls calls the extensions of RFC 9420 by name, and finds them by nothing else. */
export function toTsMlsExtension({ type, data }: MlsExtension): Extension {
  const name = NAMES.get(type) as keyof typeof defaultExtensionTypes | undefined;
  return { extensionType: name ?? type, extensionData: data };
}

export function fromTsMlsExtension({ extensionType, extensionData }: Extension): MlsExtension {
  const type = typeof extensionType === 'number' ? extensionType : defaultExtensionTypes[extensionType];
  return { type, data: extensionData };
}
