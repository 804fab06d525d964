import { formatBase64Url, parseBase64Url } from './base64.js';
import { formatKeyId, type KeyId, parseKeyId } from './key-id.js';

/** What a signature states about itself (RFC 9421 §2.3), in the profile of docs/protocol §4. */
export interface SignatureParameters {
  /** Seconds since 1970-01-01 UTC. */
  readonly created: number;
  /** 16 random bytes. */
  readonly nonce: Uint8Array;
  readonly keyId: KeyId;
  /** Whether the `authorization` field is signed, too: exactly when it is sent. */
  readonly coversAuthorization: boolean;
}

/** The one label of the profile. */
export const SIGNATURE_LABEL = 'phoenix';
export const NONCE_BYTES = 16;

const COMPONENTS = '("@method" "@authority" "@path" "content-digest")';
const COMPONENTS_WITH_TOKEN = '("@method" "@authority" "@path" "content-digest" "authorization")';
const PARAMETERS =
  /^(\(.*\));created=(0|[1-9][0-9]{0,11});nonce="([A-Za-z0-9_-]{22})";keyid="([A-Za-z0-9@._:-]{1,384})";alg="ed25519";tag="phoenix"$/;

/** The signature parameters as they stand in the base's last line and, after the label, in `Signature-Input`. */
export function formatSignatureParameters(parameters: SignatureParameters): string {
  const components = parameters.coversAuthorization ? COMPONENTS_WITH_TOKEN : COMPONENTS;
  const nonce = formatBase64Url(parameters.nonce);
  const keyId = formatKeyId(parameters.keyId);
  return `${components};created=${parameters.created};nonce="${nonce}";keyid="${keyId}";alg="ed25519";tag="phoenix"`;
}

/**
 * The reverse, for the canonical form alone: these components, these parameters, in this order, once each. A structured-field
 * parser would accept more than one spelling of it, and whatever two parsers read differently is a way around a signature.
 */
export function parseSignatureParameters(text: string): SignatureParameters | undefined {
  const [, components, created, nonceText = '', keyIdText = ''] = PARAMETERS.exec(text) ?? [];
  if (components !== COMPONENTS && components !== COMPONENTS_WITH_TOKEN) return undefined;
  const nonce = parseBase64Url(nonceText);
  const keyId = parseKeyId(keyIdText);
  if (nonce === undefined || keyId === undefined) return undefined;
  return {
    created: Number(created),
    nonce,
    keyId,
    coversAuthorization: components === COMPONENTS_WITH_TOKEN,
  };
}
