/** The closed list of `extensions.code`: nothing else is ever sent (docs/protocol §9). */
export const ERROR_CODES = [
  'BAD_REQUEST',
  'LIMIT_EXCEEDED',
  'DIGEST_MISMATCH',
  'SIGNATURE_REQUIRED',
  'SIGNATURE_INVALID',
  'REQUEST_EXPIRED',
  'REQUEST_REPLAYED',
  'TOKEN_INVALID',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'FORBIDDEN',
  'TICKET_INVALID',
  'INVALID_CREDENTIAL',
  'INVALID_KEY_PACKAGE',
  'INVALID_GROUP',
  'INVALID_COMMIT',
  'INVALID_MESSAGE',
  'WRONG_EPOCH',
  'PROPOSALS_PENDING',
  'EAR_KEY_INVALID',
  'DAMAGED',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];
