import { nodeCrypto } from '@phoenix/crypto';
import { type ClientCsr, clientCsr, decode, encode } from '@phoenix/wire';
import { applicant } from '../testing/signed-csr.js';
import { verifyCsr } from './client-csr.js';

const crypto = nodeCrypto();
const alice = applicant(crypto, 'example.com', crypto.random.uuid());
const asked = decode(clientCsr, alice.csr);
const verify = (csr: Uint8Array | ClientCsr) =>
  verifyCsr(crypto, 'example.com', csr instanceof Uint8Array ? csr : encode(clientCsr, csr));
const broken = (rule: string) => ({ ok: false, refusal: { code: 'INVALID_CREDENTIAL', rule } });

describe('a certificate signing request', () => {
  it('is accepted when its own key signed it for our domain', () => {
    expect(verify(alice.csr)).toEqual({ ok: true, value: asked });
  });

  it('as.csr.encoding: is refused when it is lengthened or empty', () => {
    const refused = { ok: false, refusal: { code: 'BAD_REQUEST', rule: 'as.csr.encoding' } };
    expect(verify(Uint8Array.from([...alice.csr, 0]))).toEqual(refused);
    expect(verify(new Uint8Array(0))).toEqual(refused);
  });

  it('as.csr.key: is refused without a key', () => {
    expect(verify({ ...asked, publicKey: new Uint8Array(0) })).toEqual(broken('as.csr.key'));
  });

  it('as.csr.proof: is refused when its client id was swapped after signing', () => {
    const clientId = { ...asked.clientId, uuid: crypto.random.uuid() };
    expect(verify({ ...asked, clientId })).toEqual(broken('as.csr.proof'));
  });
});
