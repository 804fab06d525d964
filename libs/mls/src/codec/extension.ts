import { type Codec, type CodecValue, list, opaque, struct, u16 } from '@phoenix/wire';

/** Code points of the extensions of RFC 9420 §17.3, and last_resort of draft-ietf-mls-extensions. */
export const ExtensionType = {
  applicationId: 0x0001,
  ratchetTree: 0x0002,
  requiredCapabilities: 0x0003,
  externalPub: 0x0004,
  externalSenders: 0x0005,
  lastResort: 0x000a,
} as const;

/** `struct { ExtensionType extension_type; opaque extension_data<V>; } Extension` (RFC 9420 §13.4). */
export const extensionCodec = struct({ type: u16, data: opaque() });
export type Extension = CodecValue<typeof extensionCodec>;

/** A longer list holds some type twice (RFC 9420 §13.4). */
const MAX_EXTENSIONS = 0x10000;

/** `Extension extensions<V>`. */
export const extensionsCodec: Codec<Extension[]> = list(extensionCodec, MAX_EXTENSIONS);

/** The data of the first extension of that type. */
export function findExtension(extensions: readonly Extension[], type: number): Uint8Array | undefined {
  return extensions.find((extension) => extension.type === type)?.data;
}
