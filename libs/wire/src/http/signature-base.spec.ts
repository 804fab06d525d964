import { createSignatureSync } from 'http-message-sig';
import { formatBase64Url } from './base64.js';
import { formatContentDigest } from './content-digest.js';
import { formatKeyId } from './key-id.js';
import { signatureBase } from './signature-base.js';
import { formatSignature, formatSignatureInput } from './signature-headers.js';
import type { SignatureParameters } from './signature-input.js';

const DIGEST = formatContentDigest(new Uint8Array(32).fill(1));
const AUTHORIZATION = 'PrivateToken token="AAAA"';
const SIGNATURE = new Uint8Array(64).fill(9);

function parametersWith(coversAuthorization: boolean): SignatureParameters {
  const keyId = { kind: 'leaf', name: '7' } as const;
  return { created: 1_800_000_000, nonce: new Uint8Array(16).fill(5), keyId, coversAuthorization };
}

/** What another implementation signs, and the fields it sends, for the same request. */
function byOracle(parameters: SignatureParameters): { base: string; input: string; signature: string } {
  let base = '';
  const sign = (data: Uint8Array): Uint8Array => {
    base = new TextDecoder().decode(data);
    return SIGNATURE;
  };
  const components = ['@method', '@authority', '@path', 'content-digest'];
  const fields = createSignatureSync(
    {
      kind: 'request',
      method: 'POST',
      targetUri: 'https://QS.example.com:443/graphql',
      fields: [
        { name: 'content-digest', value: DIGEST },
        { name: 'authorization', value: AUTHORIZATION },
      ],
    },
    {
      label: 'phoenix',
      components: parameters.coversAuthorization ? [...components, 'authorization'] : components,
      parameters: {
        created: parameters.created,
        nonce: formatBase64Url(parameters.nonce),
        keyid: formatKeyId(parameters.keyId),
        alg: 'ed25519',
        tag: 'phoenix',
      },
      signer: { algorithm: 'ed25519', sign },
    },
  );
  return { base, input: fields.signatureInput, signature: fields.signature };
}

describe('the signature base', () => {
  it.each([false, true])(
    'is what another implementation of RFC 9421 signs (with a token: %s)',
    (coversAuthorization) => {
      const parameters = parametersWith(coversAuthorization);
      const components = {
        method: 'POST',
        authority: 'qs.example.com',
        path: '/graphql',
        contentDigest: DIGEST,
        ...(coversAuthorization ? { authorization: AUTHORIZATION } : {}),
      } as const;
      const oracle = byOracle(parameters);
      expect(new TextDecoder().decode(signatureBase(components, parameters))).toBe(oracle.base);
      expect(formatSignatureInput(parameters)).toBe(oracle.input);
      expect(formatSignature(SIGNATURE)).toBe(oracle.signature);
    },
  );
});
