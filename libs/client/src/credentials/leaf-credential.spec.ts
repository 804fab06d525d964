import { nodeCrypto } from '@phoenix/crypto';
import { SeededRandom } from '@phoenix/crypto/testing';
import { decode, encode, leafCredential, leafValidity, type Outcome } from '@phoenix/wire';
import { CredentialAuthority } from '../testing/credential-authority.js';
import { verifyAsDirectory } from './as-directory.js';
import { issueLeafCredential, type LeafSpecification, verifyLeafCredential } from './leaf-credential.js';
import type { Presence } from './verify-client-credential.js';

const crypto = nodeCrypto(new SeededRandom('leaves'));
const NOW = Date.UTC(2026, 4, 20, 12);
const WEEK = 7 * 86_400_000;
const authority = new CredentialAuthority(crypto, 'example.com', NOW);
const verified = verifyAsDirectory(crypto, 'example.com', authority.listed());
const directories = new Map(verified.ok ? [['example.com', verified.value]] : []);
const judgement = (presence: Presence = 'entering', nowMs = NOW) => ({ directories, presence, nowMs });

const alice = authority.client();
const holder = { credential: alice.credential, privateKey: alice.keys.privateKey };
const freshLeaf = (): LeafSpecification => ({
  pseudonym: crypto.random.bytes(32),
  signatureKey: crypto.signer.generateKeyPair().publicKey,
  linkKey: crypto.random.bytes(32),
  expiration: leafValidity(NOW),
});
const refusedBy = (rule: string): Outcome<never> => ({
  ok: false,
  refusal: { code: 'INVALID_CREDENTIAL', rule: `client.${rule}` },
});

describe('the identity link of a leaf', () => {
  it('shows the client behind the pseudonym to those who hold the link key', () => {
    const leaf = freshLeaf();
    const identity = issueLeafCredential(crypto, holder, leaf);
    expect(verifyLeafCredential(crypto, { ...leaf, identity }, judgement())).toEqual({
      ok: true,
      value: { pseudonym: leaf.pseudonym, credential: alice.credential },
    });
  });

  it('has the same size for every client and shows nothing stable outside the ciphertext', () => {
    const bob = authority.client();
    const sizes = [alice, bob, alice].map(({ credential, keys: { privateKey } }) =>
      issueLeafCredential(crypto, { credential, privateKey }, freshLeaf()),
    );
    expect(new Set(sizes.map((identity) => identity.length)).size).toBe(1);
    expect(Buffer.from(sizes[0]!).includes(Buffer.from(alice.keys.publicKey))).toBe(false);
  });

  it('is refused when it was moved to another pseudonym', () => {
    const leaf = freshLeaf();
    const own = decode(leafCredential, issueLeafCredential(crypto, holder, leaf));
    const identity = encode(leafCredential, { ...own, pseudonym: crypto.random.bytes(32) });
    expect(verifyLeafCredential(crypto, { ...leaf, identity }, judgement())).toEqual(refusedBy('link.open'));
  });

  it('is refused when it was copied to a leaf with another signature key', () => {
    const leaf = freshLeaf();
    const identity = issueLeafCredential(crypto, holder, leaf);
    const { signatureKey } = freshLeaf();
    expect(verifyLeafCredential(crypto, { ...leaf, identity, signatureKey }, judgement())).toEqual(
      refusedBy('link.open'),
    );
  });

  it('is refused when the validity outside is not the one that was signed', () => {
    const leaf = freshLeaf();
    const own = decode(leafCredential, issueLeafCredential(crypto, holder, leaf));
    const identity = encode(leafCredential, { ...own, expiration: leafValidity(NOW - WEEK) });
    expect(verifyLeafCredential(crypto, { ...leaf, identity }, judgement())).toEqual(
      refusedBy('link.signature'),
    );
  });

  it('is refused when its validity is not within the credential', () => {
    const leaf = { ...freshLeaf(), expiration: leafValidity(NOW + 20 * WEEK) };
    const identity = issueLeafCredential(crypto, holder, leaf);
    expect(verifyLeafCredential(crypto, { ...leaf, identity }, judgement())).toEqual(
      refusedBy('credential.nesting'),
    );
  });

  it('is refused on entering once it has expired, and not for a member already present', () => {
    const leaf = freshLeaf();
    const identity = issueLeafCredential(crypto, holder, leaf);
    const later = NOW + 9 * WEEK;
    expect(verifyLeafCredential(crypto, { ...leaf, identity }, judgement('entering', later))).toEqual(
      refusedBy('credential.expired'),
    );
    expect(verifyLeafCredential(crypto, { ...leaf, identity }, judgement('present', later)).ok).toBe(true);
  });
});
