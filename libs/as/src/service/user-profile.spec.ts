import { TestClock } from '@phoenix/crypto/testing';
import { pad } from '@phoenix/wire';
import { memoryAs, type MemoryAs, TEST_DOMAIN } from '../testing/memory-as.js';
import { type Applicant, applicant } from '../testing/signed-csr.js';
import { registeredUser, signedRequest } from '../testing/test-account.js';

const NOT_FOUND = { ok: false, refusal: { code: 'NOT_FOUND' } };

describe('a user’s profile', () => {
  let as: MemoryAs;
  let alice: Applicant;

  beforeEach(async () => {
    as = await memoryAs(new TestClock(Date.UTC(2026, 4, 17, 12)));
    ({ alice } = await registeredUser(as));
  });

  const profileOf = (content: Uint8Array): Uint8Array =>
    as.crypto.encrypt(as.crypto.random.bytes(32), new Uint8Array(0), pad(content));
  const update = (keyId: Uint8Array, profile: Uint8Array) =>
    as.updateProfile.execute({ keyId, profile }, signedRequest(alice));
  const read = (keyId: Uint8Array) => as.readProfile.execute(alice.clientId.user.uuid, keyId);

  it('is read by who knows the id of its key, before and after it is replaced, until it is replaced again', async () => {
    const keys = [1, 2, 3].map((byte) => new Uint8Array(16).fill(byte));
    const profiles = keys.map((key) => profileOf(key));
    for (const [i, key] of keys.entries()) {
      expect(await update(key, profiles[i]!)).toEqual({ ok: true });
      if (i > 0) expect(await read(keys[i - 1]!)).toEqual({ ok: true, value: profiles[i - 1] });
      expect(await read(key)).toEqual({ ok: true, value: profiles[i] });
    }
    expect(await read(keys[0]!)).toEqual(NOT_FOUND);
  });

  it('is not to be told apart from none without the id of its key', async () => {
    await update(new Uint8Array(16), profileOf(new Uint8Array(1)));
    expect(await read(new Uint8Array(16).fill(9))).toEqual(NOT_FOUND);
    expect(await as.readProfile.execute(as.crypto.random.uuid(), new Uint8Array(16))).toEqual(NOT_FOUND);
  });

  it('as.profile.size: has one of the sizes that padding makes, and bounds', async () => {
    const refused = { ok: false, refusal: { code: 'BAD_REQUEST', rule: 'as.profile.size' } };
    const key = new Uint8Array(16);
    const unpadded = as.crypto.encrypt(as.crypto.random.bytes(32), key, new Uint8Array(1000));
    const large = profileOf(new Uint8Array(256 * 1024));
    for (const wrong of [unpadded, large, new Uint8Array(0), new Uint8Array(540), profileOf(key).slice(1)])
      expect(await update(key, wrong)).toEqual(refused);
    expect(await update(key, profileOf(new Uint8Array(200_000)))).toEqual({ ok: true });
  });

  it('is published by its user alone', async () => {
    const stranger = applicant(as.crypto, TEST_DOMAIN, alice.clientId.user.uuid);
    const input = { keyId: new Uint8Array(16), profile: profileOf(new Uint8Array(1)) };
    for (const request of [signedRequest(stranger), signedRequest(alice, { key: stranger.publicKey })])
      expect(await as.updateProfile.execute(input, request)).toMatchObject({
        refusal: { code: 'SIGNATURE_INVALID' },
      });
  });
});
