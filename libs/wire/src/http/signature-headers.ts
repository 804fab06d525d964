import { formatBase64, parseBase64 } from './base64.js';
import {
  formatSignatureParameters,
  parseSignatureParameters,
  SIGNATURE_LABEL,
  type SignatureParameters,
} from './signature-input.js';

const SIGNATURE_BYTES = 64;
const INPUT_PREFIX = `${SIGNATURE_LABEL}=`;
const SIGNATURE_PREFIX = `${SIGNATURE_LABEL}=:`;

/** A request's signature as its two fields state it: nothing of it is verified yet. */
export interface UnverifiedSignature {
  readonly parameters: SignatureParameters;
  /** Ed25519, 64 bytes. */
  readonly signature: Uint8Array;
}

/** `Signature-Input` (RFC 9421 §4.1). */
export function formatSignatureInput(parameters: SignatureParameters): string {
  return `${INPUT_PREFIX}${formatSignatureParameters(parameters)}`;
}

/** `Signature` (RFC 9421 §4.2). */
export function formatSignature(signature: Uint8Array): string {
  return `${SIGNATURE_PREFIX}${formatBase64(signature)}:`;
}

/**
 * Both fields of a request in their one canonical form (docs/protocol §4); undefined for every other spelling, so what was
 * parsed formats to exactly what was received.
 */
export function parseSignatureHeaders(
  signatureInput: string,
  signatureField: string,
): UnverifiedSignature | undefined {
  if (!signatureInput.startsWith(INPUT_PREFIX)) return undefined;
  if (!signatureField.startsWith(SIGNATURE_PREFIX) || !signatureField.endsWith(':')) return undefined;
  const parameters = parseSignatureParameters(signatureInput.slice(INPUT_PREFIX.length));
  const signature = parseBase64(signatureField.slice(SIGNATURE_PREFIX.length, -1));
  if (parameters === undefined || signature?.length !== SIGNATURE_BYTES) return undefined;
  return { parameters, signature };
}
