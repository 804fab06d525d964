import { type CodecValue, list, struct, u16 } from '@phoenix/wire';

/** The GroupContext extension required_capabilities (RFC 9420 §11.1). */
export const requiredCapabilitiesCodec = struct({
  extensionTypes: list(u16),
  proposalTypes: list(u16),
  credentialTypes: list(u16),
});
export type RequiredCapabilities = CodecValue<typeof requiredCapabilitiesCodec>;
