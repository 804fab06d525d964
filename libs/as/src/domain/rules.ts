/** Every rule of the AS's own: its id, and what it demands (docs/protocol §3, §5). */
export const AS_RULES = {
  'as.csr.encoding': 'A CSR is a ClientCsr.',
  'as.csr.key': 'It asks for an Ed25519 key.',
  'as.csr.domain': 'Its client id is of this home domain.',
  'as.csr.proof': 'Its key signed it.',
  'as.succession.encoding': 'A key succession is a KeySuccession.',
  'as.succession.subject': 'It leads from the key of this client’s credential to the key of the CSR.',
  'as.succession.signature': 'The key that is replaced signed it.',
  'as.registration.invitation': 'Where registration is by invitation, a code is brought that is not spent.',
  'as.registration.proof-of-work': 'Where registration takes work, the puzzle over its ticket is solved.',
  'as.opaque.encoding': 'OPAQUE messages and records are of RFC 9807.',
  'as.two-factor':
    'The password was proven by the hand-shake that this client began last, within five minutes.',
  'as.profile.key-id': 'The id of a profile’s key has 16 bytes.',
  'as.profile.size': 'A profile is an Encrypted of what Pad made, of at most 256 KiB.',
  'as.connection-package.encoding':
    'A connection package is a SignedConnectionPackage under a user id, a ConnectionPackage under an alias.',
  'as.connection-package.key': 'Its key is an X25519 public key.',
  'as.connection-package.lifetime':
    'It is valid now, from the first of a month and for four months: none stands out by its dates.',
  'as.connection-package.signature':
    "Under a user id, the publishing client's credential key signed it together with the client id.",
  'as.connection-package.unique': 'No connection package is published twice at a time.',
  'as.connection-package.last-resort': 'A publication has at least one last resort.',
} as const satisfies Record<string, string>;

/** The id of a rule, stable across releases. */
export type AsRuleId = keyof typeof AS_RULES;
