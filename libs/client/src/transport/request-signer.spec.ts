import { createPublicKey, verify } from 'node:crypto';
import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { parseSignatureHeaders, utf8 } from '@phoenix/wire';
import { verifySignature } from 'http-message-sig';
import { RequestSigner, type SignatureFields } from './request-signer.js';

const crypto = nodeCrypto();
const clock = new TestClock(1_800_000_000_999);
const signer = new RequestSigner(crypto, clock);
const { publicKey, privateKey } = crypto.signer.generateKeyPair();
const key = { keyId: { kind: 'leaf', name: '3' }, privateKey } as const;
const body = utf8('{"query":"{ a }"}');
const target = { authority: 'ds.example.com', path: '/graphql', body };

/** Whether another implementation of RFC 9421 takes these fields on a request to this URL. */
async function oracleAccepts(fields: SignatureFields, targetUri: string): Promise<boolean> {
  const x = Buffer.from(publicKey).toString('base64url');
  const verifier = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const message = {
    kind: 'request',
    method: 'POST',
    targetUri,
    fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
  } as const;
  const resolveVerifier = () => ({
    algorithm: 'ed25519',
    verify: (data: Uint8Array, signature: Uint8Array) => verify(null, data, verifier, signature),
  });
  const policy = {
    algorithms: ['ed25519'],
    requiredComponents: ['@method', '@authority', '@path', 'content-digest'],
    requiredParameters: ['created', 'nonce', 'keyid', 'alg', 'tag'],
    now: 1_800_000_000,
  };
  return verifySignature(message, { label: 'phoenix', policy, resolveVerifier }).then(
    () => true,
    () => false,
  );
}

describe('the request signer', () => {
  it('signs what another implementation of RFC 9421 accepts, for this audience and path alone', async () => {
    const fields = signer.sign(target, key);
    expect(await oracleAccepts(fields, 'https://ds.example.com/graphql')).toBe(true);
    expect(await oracleAccepts(fields, 'https://qs.example.com/graphql')).toBe(false);
    expect(await oracleAccepts(fields, 'https://ds.example.com/other')).toBe(false);
  });

  it('writes the canonical form, with the second it was made in', () => {
    const fields = signer.sign(target, key);
    const read = parseSignatureHeaders(fields['signature-input'], fields.signature);
    expect(read?.parameters).toMatchObject({
      created: 1_800_000_000,
      keyId: key.keyId,
      coversAuthorization: false,
    });
  });

  it('draws a nonce for every signature, also of the same body', () => {
    const inputs = Array.from({ length: 20 }, () => signer.sign(target, key)['signature-input']);
    expect(new Set(inputs).size).toBe(20);
  });
});
