import { utf8 } from '../tls/bytes.js';
import { formatSignatureParameters, type SignatureParameters } from './signature-input.js';

/** What a request signature covers (docs/protocol §4). */
export interface SignedComponents {
  readonly method: 'POST';
  /** The service's public name, lower-case, without the default port: as configured, never as a `Host` field says. */
  readonly authority: string;
  readonly path: string;
  /** The `Content-Digest` field. */
  readonly contentDigest: string;
  /** The `Authorization` field, when the parameters cover it. */
  readonly authorization?: string;
}

/** The bytes that are signed: the signature base of RFC 9421 §2.5. */
export function signatureBase(components: SignedComponents, parameters: SignatureParameters): Uint8Array {
  const lines = [
    `"@method": ${components.method}`,
    `"@authority": ${components.authority}`,
    `"@path": ${components.path}`,
    `"content-digest": ${components.contentDigest}`,
  ];
  if (parameters.coversAuthorization) lines.push(`"authorization": ${components.authorization ?? ''}`);
  lines.push(`"@signature-params": ${formatSignatureParameters(parameters)}`);
  return utf8(lines.join('\n'));
}
