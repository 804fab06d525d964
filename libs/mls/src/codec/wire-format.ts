/** `WireFormat` (RFC 9420 §6). */
export const WireFormat = {
  publicMessage: 0x0001,
  privateMessage: 0x0002,
  welcome: 0x0003,
  groupInfo: 0x0004,
  keyPackage: 0x0005,
} as const;
