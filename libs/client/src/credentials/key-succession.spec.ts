import { nodeCrypto } from '@phoenix/crypto';
import { SeededRandom } from '@phoenix/crypto/testing';
import { encode, keySuccession, decode } from '@phoenix/wire';
import { CredentialAuthority } from '../testing/credential-authority.js';
import { followKeySuccession, issueKeySuccession } from './key-succession.js';

const crypto = nodeCrypto(new SeededRandom('successions'));
const authority = new CredentialAuthority(crypto, 'example.com', Date.UTC(2026, 4, 20));
const REFUSED = { ok: false, refusal: { code: 'INVALID_CREDENTIAL', rule: 'client.succession.missing' } };

/** A client under one key after another, each with its credential and the word of the key before it. */
function generations(count: number) {
  const first = authority.client();
  const { clientId } = first.credential.payload;
  const all = [{ ...first, succession: crypto.random.bytes(0) }];
  while (all.length < count) {
    const former = all.at(-1)!;
    const keys = crypto.signer.generateKeyPair();
    const holder = { credential: former.credential, privateKey: former.keys.privateKey };
    const succession = issueKeySuccession(crypto, holder, keys.publicKey);
    const payload = { ...former.credential.payload, publicKey: keys.publicKey };
    all.push({ keys, succession, credential: authority.sign(payload, new Uint8Array(64)) });
  }
  return { clientId, all, known: { clientId, publicKey: first.keys.publicKey } };
}

describe('a contact that turns up under a credential', () => {
  it('is followed under the key that we know', () => {
    const { known, all } = generations(1);
    expect(followKeySuccession(crypto, known, all[0]!.credential, [])).toEqual({ ok: true });
  });

  it('is followed to a new key that the old one vouches for, over as many steps as it took', () => {
    const { known, all } = generations(4);
    const successions = all.slice(1).map(({ succession }) => succession);
    for (const { credential } of all)
      expect(followKeySuccession(crypto, known, credential, [...successions].reverse())).toEqual({
        ok: true,
      });
  });

  it('is not followed when the AS signs a second credential for it over a key of its own', () => {
    const { known, all } = generations(2);
    const forged = authority.client({ clientId: known.clientId });
    for (const successions of [[], [all[1]!.succession]])
      expect(followKeySuccession(crypto, known, forged.credential, successions)).toEqual(REFUSED);
  });

  it('is not followed on the word of a key that the AS made, or of nobody', () => {
    const { known, all } = generations(2);
    const forged = authority.client({ clientId: known.clientId });
    const byItself = issueKeySuccession(
      crypto,
      { credential: forged.credential, privateKey: forged.keys.privateKey },
      all[1]!.keys.publicKey,
    );
    const genuine = decode(keySuccession, all[1]!.succession);
    const claimed = encode(keySuccession, { ...genuine, nextKey: forged.keys.publicKey });
    const unsigned = encode(keySuccession, { ...genuine, signature: new Uint8Array(64) });
    for (const word of [byItself, claimed, unsigned, new Uint8Array(3)]) {
      expect(followKeySuccession(crypto, known, forged.credential, [word])).toEqual(REFUSED);
      expect(followKeySuccession(crypto, known, all[1]!.credential, [word])).toEqual(REFUSED);
    }
  });

  it('is not followed on a succession of another client, or of an earlier key again', () => {
    const [one, two] = [generations(2), generations(2)];
    expect(followKeySuccession(crypto, one.known, one.all[1]!.credential, [two.all[1]!.succession])).toEqual(
      REFUSED,
    );
    const later = { ...one.known, publicKey: one.all[1]!.keys.publicKey };
    expect(followKeySuccession(crypto, later, one.all[0]!.credential, [one.all[1]!.succession])).toEqual(
      REFUSED,
    );
  });

  it('is not followed as somebody else', () => {
    const { known } = generations(1);
    const other = authority.client({ publicKey: known.publicKey });
    expect(followKeySuccession(crypto, known, other.credential, [])).toEqual(REFUSED);
  });

  it('is not followed in circles for ever', () => {
    const { known, all } = generations(2);
    const back = issueKeySuccession(
      crypto,
      { credential: all[1]!.credential, privateKey: all[1]!.keys.privateKey },
      known.publicKey,
    );
    const elsewhere = authority.client({ clientId: known.clientId });
    expect(followKeySuccession(crypto, known, elsewhere.credential, [all[1]!.succession, back])).toEqual(
      REFUSED,
    );
  });
});
