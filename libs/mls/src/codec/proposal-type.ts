/** Code points of RFC 9420 §17.4. All of them are defaults: capabilities do not list them. */
export const ProposalType = {
  add: 0x0001,
  update: 0x0002,
  remove: 0x0003,
  psk: 0x0004,
  reinit: 0x0005,
  external_init: 0x0006,
  group_context_extensions: 0x0007,
} as const;
export type ProposalTypeName = keyof typeof ProposalType;
