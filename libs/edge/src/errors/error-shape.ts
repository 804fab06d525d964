import { formatBase64Url, type ErrorCode, type Refusal } from '@phoenix/wire';

/** What a caller is told, word by word: never a text that something else wrote, which may quote the input. */
const TEXT: Record<ErrorCode, string> = {
  BAD_REQUEST: 'The request is malformed.',
  LIMIT_EXCEEDED: 'The request exceeds a limit.',
  DIGEST_MISMATCH: 'The content digest is missing, malformed or not that of the body.',
  SIGNATURE_REQUIRED: 'This operation must be signed.',
  SIGNATURE_INVALID: 'The signature is not valid for this request.',
  REQUEST_EXPIRED: 'The request was made too long ago or in the future.',
  REQUEST_REPLAYED: 'The request was sent before.',
  TOKEN_INVALID: 'The token is not valid here.',
  NOT_FOUND: 'There is no such record.',
  ALREADY_EXISTS: 'The record exists.',
  FORBIDDEN: 'This is not allowed.',
  TICKET_INVALID: 'The ticket is not valid.',
  INVALID_CREDENTIAL: 'The credential is not valid.',
  INVALID_KEY_PACKAGE: 'A key package is not valid.',
  INVALID_GROUP: 'The group is not valid.',
  INVALID_COMMIT: 'The commit is not valid.',
  INVALID_MESSAGE: 'The message is not valid.',
  WRONG_EPOCH: 'The group is in another epoch.',
  PROPOSALS_PENDING: 'A commit must include all pending proposals.',
  EAR_KEY_INVALID: 'The key does not open the group.',
  DAMAGED: 'The stored state is damaged.',
  UNAVAILABLE: 'The service cannot answer now.',
  INTERNAL: 'Something failed.',
};

/** One entry of a response's `errors`. */
export interface ErrorShape {
  readonly message: string;
  readonly extensions: {
    readonly code: ErrorCode;
    readonly rule?: string;
    /** A UInt64: decimal. */
    readonly epoch?: string;
    /** MLSMessages as Bytes: base64url without padding. */
    readonly proposals?: readonly string[];
    readonly retryAfterMs?: number;
    /** With INTERNAL: what the log keeps the detail under. */
    readonly fault?: string;
  };
}

/** The error that a refusal becomes. */
export function errorShape(refusal: Refusal, fault?: string): ErrorShape {
  const { code, rule, epoch, proposals, retryAfterMs } = refusal;
  const extensions = {
    code,
    ...(rule === undefined ? {} : { rule }),
    ...(epoch === undefined ? {} : { epoch: epoch.toString() }),
    ...(proposals === undefined ? {} : { proposals: proposals.map(formatBase64Url) }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(fault === undefined ? {} : { fault }),
  };
  return { message: TEXT[code], extensions };
}

const HTTP_STATUS: Partial<Record<ErrorCode, number>> = {
  SIGNATURE_REQUIRED: 401,
  SIGNATURE_INVALID: 401,
  REQUEST_EXPIRED: 401,
  REQUEST_REPLAYED: 401,
  TOKEN_INVALID: 401,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** The HTTP status of a request that was refused before any operation ran; what an operation refuses is answered with 200. */
export function httpStatus(code: ErrorCode): number {
  return HTTP_STATUS[code] ?? 400;
}
