/** Every rule of the AS's own: its id, and what it demands (docs/protocol §3, §5). */
export const AS_RULES = {
  'as.csr.encoding': 'A CSR is a ClientCsr.',
  'as.csr.key': 'It asks for an Ed25519 key.',
  'as.csr.domain': 'Its client id is of this home domain.',
  'as.csr.proof': 'Its key signed it.',
} as const satisfies Record<string, string>;

/** The id of a rule, stable across releases. */
export type AsRuleId = keyof typeof AS_RULES;
