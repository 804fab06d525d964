import { nodeCrypto } from '@phoenix/crypto';
import { SeededRandom, TestClock } from '@phoenix/crypto/testing';
import { addPackage, type ClientCredential, decode, encode, formatUserId, type Outcome } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { verifyAsDirectory } from '../credentials/as-directory.js';
import { nodeMlsEngine } from '../mls/node-mls-engine.js';
import { makeAddPackage } from '../packages/make-add-package.js';
import { accountOf } from '../testing/account-of.js';
import { CredentialAuthority, type Issued } from '../testing/credential-authority.js';
import type { Contact } from './contact.js';
import { verifyAddPackage } from './verify-add-package.js';

const crypto = nodeCrypto(new SeededRandom('packages'));
const NOW = Date.UTC(2026, 4, 20, 12);
const WEEK = 7 * 86_400_000;
const authority = new CredentialAuthority(crypto, 'example.com', NOW);
const directory = verifyAsDirectory(crypto, 'example.com', authority.listed());
const directories = new Map(directory.ok ? [['example.com', directory.value]] : []);
const sealer = () => ({ domain: 'example.com', sealed: crypto.random.bytes(200) });

async function publishedBy(account: Account, nowMs = NOW): Promise<Uint8Array> {
  const clock = new TestClock(nowMs);
  const engine = await nodeMlsEngine(crypto, clock);
  return (await makeAddPackage({ crypto, clock, engine }, account, sealer, false)).published;
}
const contactOf = ({ credential, friendship }: Account, known = false): Contact => ({
  userId: credential.payload.clientId.user,
  keys: friendship,
  credentialKey: known ? credential.payload.publicKey : undefined,
  group: undefined,
});
const verify = (contact: Contact, fetched: Uint8Array, nowMs = NOW) =>
  verifyAddPackage(crypto, contact, fetched, {
    directories,
    presence: 'entering',
    nowMs,
    knownKeys: new Map(contact.credentialKey && [[formatUserId(contact.userId), [contact.credentialKey]]]),
  });
const refusedBy = (code: string, rule: string): Outcome<never> =>
  ({ ok: false, refusal: { code, rule } }) as Outcome<never>;

describe('an add package that was fetched', () => {
  const issued: Issued<ClientCredential> = authority.client();
  const bob = accountOf(crypto, issued);

  it('is used when link, chain and owner hold', async () => {
    const verified = verify(contactOf(bob, true), await publishedBy(bob));
    expect(verified).toMatchObject({ ok: true, value: { leaf: { credential: bob.credential } } });
  });

  it("is refused when it is someone else's", async () => {
    const carol = accountOf(crypto, authority.client());
    expect(verify(contactOf(bob), await publishedBy(carol))).toEqual(
      refusedBy('INVALID_CREDENTIAL', 'client.link.open'),
    );
  });

  it("is refused when someone else's was made with our friend's stolen friendship keys", async () => {
    const thief = { ...accountOf(crypto, authority.client()), friendship: bob.friendship };
    expect(verify(contactOf(bob), await publishedBy(thief))).toEqual(
      refusedBy('INVALID_CREDENTIAL', 'client.contact.identity'),
    );
  });

  it("is refused when its link names our friend's credential without its signature", async () => {
    const forger = { ...bob, credentialKey: crypto.random.bytes(32) };
    expect(verify(contactOf(bob), await publishedBy(forger))).toEqual(
      refusedBy('INVALID_CREDENTIAL', 'client.link.signature'),
    );
  });

  it('is refused under another credential key than the one the friend is known by, though the AS signed it', async () => {
    const { clientId } = bob.credential.payload;
    const replaced = { ...accountOf(crypto, authority.client({ clientId })), friendship: bob.friendship };
    const fetched = await publishedBy(replaced);
    expect(verify(contactOf(bob), fetched).ok).toBe(true);
    expect(verify(contactOf(bob, true), fetched)).toEqual(
      refusedBy('INVALID_CREDENTIAL', 'client.contact.identity'),
    );
  });

  it('is refused with the link key of another package of the same friend', async () => {
    const [one, other] = await Promise.all([publishedBy(bob), publishedBy(bob)]);
    const { encryptedLinkKey } = decode(addPackage, other);
    const swapped = encode(addPackage, { ...decode(addPackage, one), encryptedLinkKey });
    expect(verify(contactOf(bob), swapped)).toEqual(refusedBy('INVALID_CREDENTIAL', 'client.link.open'));
  });

  it('is refused once it has expired', async () => {
    const fetched = await publishedBy(bob);
    expect(verify(contactOf(bob), fetched, NOW + 9 * WEEK)).toMatchObject({
      refusal: { code: 'INVALID_KEY_PACKAGE' },
    });
  });

  it('is refused when a bit of its KeyPackage was turned, wherever it is', async () => {
    const outer = decode(addPackage, await publishedBy(bob));
    for (let at = 0; at < outer.keyPackage.length; at += 23) {
      const keyPackage = outer.keyPackage.slice();
      keyPackage[at]! ^= 1;
      expect(verify(contactOf(bob), encode(addPackage, { ...outer, keyPackage })).ok).toBe(false);
    }
  });

  it('is refused when it is no package at all', () => {
    expect(verify(contactOf(bob), Uint8Array.of(1, 2, 3))).toEqual(
      refusedBy('INVALID_KEY_PACKAGE', 'client.add-package.encoding'),
    );
  });
});
