import { nodeCrypto } from '@phoenix/crypto';
import { MemoryKeyVault } from '@phoenix/crypto/testing';
import {
  asCredential,
  asCredentialPayload,
  asIntermediateCredential,
  asIntermediateCredentialPayload,
  type ClientCredential,
  clientCredential,
  clientCredentialPayload,
  type Codec,
  decode,
  encode,
  issuerTbs,
  LABELS,
  liesWithin,
} from '@phoenix/wire';
import { applicant } from '../testing/signed-csr.js';
import { Authority } from './authority.js';
import { issueAuthority } from './issue-authority.js';

const DOMAIN = 'example.com';
const crypto = nodeCrypto();
const vault = new MemoryKeyVault(crypto);
const seconds = (year: number, month: number): bigint => BigInt(Date.UTC(year, month - 1, 1) / 1000);
const FOUNDED = Date.UTC(2026, 4, 17, 12, 34, 56);

async function founded(nowMs = FOUNDED): Promise<Authority> {
  const { issuers } = await issueAuthority(vault, crypto, DOMAIN, nowMs);
  return new Authority(vault, crypto, DOMAIN, issuers);
}

async function issued(authority: Authority, nowMs: number): Promise<ClientCredential> {
  const csr = authority.verify(applicant(crypto, DOMAIN, crypto.random.uuid()).csr);
  const signer = csr.ok ? authority.prepare(csr.value, nowMs) : csr;
  if (!signer.ok) throw new Error(signer.refusal.code);
  return decode(clientCredential, (await signer.value()).credential);
}

function signedBy<P>(
  publicKey: Uint8Array,
  label: string,
  codec: Codec<P>,
  credential: { payload: P; selfSignature: Uint8Array; signature: Uint8Array },
): boolean {
  return crypto.verifyWithLabel(publicKey, label, encode(issuerTbs(codec), credential), credential.signature);
}

describe('the authority of a home domain', () => {
  it('has a root that proves possession of its key and signs itself, for its domain', async () => {
    const root = decode(asCredential, (await founded()).roots[0]!);
    const { publicKey, domain } = root.payload;
    const content = encode(asCredentialPayload, root.payload);
    expect(domain).toBe(DOMAIN);
    expect(crypto.verifyWithLabel(publicKey, LABELS.asCredentialPayload, content, root.selfSignature)).toBe(
      true,
    );
    expect(signedBy(publicKey, LABELS.asCredential, asCredentialPayload, root)).toBe(true);
  });

  it('has an intermediate that proves possession of another key and is signed by the root', async () => {
    const authority = await founded();
    const root = decode(asCredential, authority.roots[0]!);
    const intermediate = decode(asIntermediateCredential, authority.intermediates[0]!);
    const { payload, selfSignature } = intermediate;
    const content = encode(asIntermediateCredentialPayload, payload);
    const label = LABELS.asIntermediateCredentialPayload;
    expect(crypto.verifyWithLabel(payload.publicKey, label, content, selfSignature)).toBe(true);
    expect(payload.publicKey).not.toEqual(root.payload.publicKey);
    expect(payload.signer).toEqual(crypto.sha256(authority.roots[0]!));
    expect(
      signedBy(
        root.payload.publicKey,
        LABELS.asIntermediateCredential,
        asIntermediateCredentialPayload,
        intermediate,
      ),
    ).toBe(true);
  });

  it('signs a client credential with its intermediate, over the self-signature of the CSR', async () => {
    const authority = await founded();
    const intermediate = decode(asIntermediateCredential, authority.intermediates[0]!);
    const credential = await issued(authority, FOUNDED);
    expect(credential.payload.signer).toEqual(crypto.sha256(authority.intermediates[0]!));
    expect(
      signedBy(intermediate.payload.publicKey, LABELS.clientCredential, clientCredentialPayload, credential),
    ).toBe(true);
  });

  it('starts every validity on the first of a month and ends it before one, each within its issuer', async () => {
    const authority = await founded();
    const root = decode(asCredential, authority.roots[0]!).payload.expiration;
    const intermediate = decode(asIntermediateCredential, authority.intermediates[0]!).payload.expiration;
    const client = (await issued(authority, FOUNDED)).payload.expiration;
    expect(root).toEqual({ notBefore: seconds(2026, 3), notAfter: seconds(2031, 3) - 1n });
    expect(intermediate).toEqual({ notBefore: seconds(2026, 3), notAfter: seconds(2027, 3) - 1n });
    // From the previous month until three whole months after this one are over (docs/protocol §3).
    expect(client).toEqual({ notBefore: seconds(2026, 4), notAfter: seconds(2026, 9) - 1n });
    expect(liesWithin(client, intermediate) && liesWithin(intermediate, root)).toBe(true);
  });

  it('tells no two credentials of one month apart by their times', async () => {
    const authority = await founded();
    const early = await issued(authority, Date.UTC(2026, 6, 1));
    const late = await issued(authority, Date.UTC(2026, 6, 31, 23, 59, 59));
    expect(late.payload.expiration).toEqual(early.payload.expiration);
  });

  it('signs nothing that would outlive its intermediate', async () => {
    const authority = await founded();
    await expect(issued(authority, Date.UTC(2026, 10, 30))).resolves.toBeDefined();
    await expect(issued(authority, Date.UTC(2026, 11, 1))).rejects.toThrow('UNAVAILABLE');
  });

  it('does not serve another domain than the one it was set up for', async () => {
    const { issuers } = await issueAuthority(vault, crypto, DOMAIN, FOUNDED);
    expect(() => new Authority(vault, crypto, 'example.org', issuers)).toThrow(
      'This AS was set up for the home domain example.com and cannot serve example.org.',
    );
  });
});
