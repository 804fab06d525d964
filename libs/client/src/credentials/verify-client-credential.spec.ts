import { nodeCrypto } from '@phoenix/crypto';
import { SeededRandom } from '@phoenix/crypto/testing';
import { clientCredential, type ClientCredential, encode, type Outcome } from '@phoenix/wire';
import { CredentialAuthority } from '../testing/credential-authority.js';
import { type AsDirectory, verifyAsDirectory } from './as-directory.js';
import { type Presence, verifyClientCredential } from './verify-client-credential.js';

const crypto = nodeCrypto(new SeededRandom('chains'));
const NOW = Date.UTC(2026, 4, 20, 12);
const DAY = 86_400_000;
const authority = new CredentialAuthority(crypto, 'example.com', NOW);

const directoryOf = (from: CredentialAuthority, revoked: Uint8Array[] = []): AsDirectory => {
  const verified = verifyAsDirectory(crypto, from.domain, from.listed(revoked));
  if (!verified.ok) throw new Error('the directory should hold');
  return verified.value;
};
const judge = (
  credential: ClientCredential,
  {
    presence = 'entering',
    nowMs = NOW,
    directory = directoryOf(authority),
  }: { presence?: Presence; nowMs?: number; directory?: AsDirectory } = {},
) =>
  verifyClientCredential(crypto, credential, {
    directories: new Map([[directory.domain, directory]]),
    presence,
    nowMs,
  });
const refusedBy = (rule: string): Outcome<never> => ({
  ok: false,
  refusal: { code: 'INVALID_CREDENTIAL', rule: `client.credential.${rule}` },
});

describe('the chain of a client credential', () => {
  it('holds from the client by the intermediate to the root of its domain', () => {
    const { credential } = authority.client();
    expect(judge(credential)).toEqual({ ok: true, value: credential });
  });

  it('is refused when the key was swapped for one without its possession', () => {
    const { credential } = authority.client();
    const other = authority.client().credential;
    const payload = { ...credential.payload, publicKey: other.payload.publicKey };
    expect(judge({ ...credential, payload })).toEqual(refusedBy('self-signature'));
  });

  it('is refused on entering once it has expired, and not for a member already present', () => {
    const { credential } = authority.client();
    const later = NOW + 150 * DAY;
    expect(judge(credential, { nowMs: later })).toEqual(refusedBy('expired'));
    expect(judge(credential, { nowMs: later, presence: 'present' }).ok).toBe(true);
  });

  it('is refused when it was revoked, also for a member already present', () => {
    const { credential } = authority.client();
    const directory = directoryOf(authority, [crypto.sha256(encode(clientCredential, credential))]);
    expect(judge(credential, { directory })).toEqual(refusedBy('revoked'));
    expect(judge(credential, { directory, presence: 'present' })).toEqual(refusedBy('revoked'));
  });
});

describe('the directory of an authentication service', () => {
  const signerRefusal = refusedBy('signer');

  it('is refused when its root is of another domain', () => {
    expect(verifyAsDirectory(crypto, 'other.example', authority.listed())).toEqual(signerRefusal);
  });

  it('is refused when the only intermediate is signed by a root that is not listed', () => {
    const stranger = new CredentialAuthority(crypto, 'example.com', NOW);
    const mixed = { ...authority.listed(), intermediates: [stranger.intermediate] };
    expect(verifyAsDirectory(crypto, 'example.com', mixed)).toEqual(signerRefusal);
  });

  it('is refused when the intermediate outlives its root', () => {
    const eternal = { notBefore: BigInt(NOW / 1000), notAfter: BigInt(NOW / 1000) * 2n };
    const forged = new CredentialAuthority(crypto, 'example.com', NOW, { expiration: eternal });
    expect(verifyAsDirectory(crypto, 'example.com', forged.listed())).toEqual(signerRefusal);
  });

  it('is refused when its only intermediate, or the root above it, was revoked', () => {
    for (const gone of [authority.intermediate, authority.root]) {
      const listed = authority.listed([crypto.sha256(gone)]);
      expect(verifyAsDirectory(crypto, 'example.com', listed)).toEqual(signerRefusal);
    }
  });

  it('steps over what it cannot read and believes the rest', () => {
    const listed = authority.listed();
    const odd = { ...listed, roots: [Uint8Array.of(1, 2), ...listed.roots] };
    expect(verifyAsDirectory(crypto, 'example.com', odd).ok).toBe(true);
  });
});
