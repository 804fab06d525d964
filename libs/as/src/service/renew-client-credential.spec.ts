import { TestClock } from '@phoenix/crypto/testing';
import { clientCredential, decode, startOfMonth } from '@phoenix/wire';
import { memoryAs, type MemoryAs, TEST_DOMAIN } from '../testing/memory-as.js';
import { handover } from '../testing/rule-cases/handover.js';
import { type Applicant, applicant } from '../testing/signed-csr.js';
import { provenPassword, registeredUser, signedRequest } from '../testing/test-account.js';

const refused = (code: string, rule?: string) => ({
  ok: false,
  refusal: rule === undefined ? { code } : { code, rule },
});

describe('renewing a credential', () => {
  let clock: TestClock;
  let as: MemoryAs;
  let alice: Applicant;
  let credential: Uint8Array;

  beforeEach(async () => {
    clock = new TestClock(Date.UTC(2026, 4, 17, 12));
    as = await memoryAs(clock);
    ({ alice, credential } = await registeredUser(as));
  });

  const inMonths = (months: number): void => clock.advance(startOfMonth(clock.now(), months) - clock.now());

  async function renewed(by = alice): Promise<Uint8Array> {
    const outcome = await as.renew.execute(undefined, signedRequest(by));
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    return outcome.value;
  }

  it('keeps client id, key and proof of possession, and runs until later', async () => {
    inMonths(2);
    const [before, after] = [decode(clientCredential, credential), decode(clientCredential, await renewed())];
    expect(after.payload.clientId).toEqual(before.payload.clientId);
    expect(after.payload.publicKey).toEqual(before.payload.publicKey);
    expect(after.selfSignature).toEqual(before.selfSignature);
    const months = startOfMonth(Number(before.payload.expiration.notAfter) * 1000 + 1000, 2);
    expect(Number(after.payload.expiration.notAfter)).toBe(months / 1000 - 1);
  });

  it('gives the same credential again within one month', async () => {
    expect(await renewed()).toEqual(credential);
    inMonths(1);
    const next = await renewed();
    clock.advance(5 * 86_400_000);
    expect(await renewed()).toEqual(next);
  });

  it('takes a client whose credential has run out', async () => {
    inMonths(12);
    expect(decode(clientCredential, await renewed()).payload.publicKey).toEqual(alice.publicKey);
  });

  it('goes on over years, through every rotation', async () => {
    for (let month = 0; month < 72; month += 2) {
      inMonths(2);
      expect(decode(clientCredential, await renewed()).payload.clientId).toEqual(alice.clientId);
    }
  });

  it('has all that still runs revoked when its user is deleted', async () => {
    inMonths(1);
    const second = await renewed();
    inMonths(3);
    const third = await renewed();
    const deletion = await provenPassword(as, alice);
    await as.deleteUser.execute(deletion!, signedRequest(alice));
    const { revoked } = await as.readCredentials.execute();
    const expected = [second, third].map((each) => as.crypto.sha256(each));
    expect(revoked).toEqual(expected.sort((a, b) => Buffer.compare(a, b)));
  });

  it('is for clients alone, and takes their own signature', async () => {
    const stranger = applicant(as.crypto, TEST_DOMAIN, as.crypto.random.uuid());
    const away = {
      ...alice,
      clientId: { ...alice.clientId, user: { ...alice.clientId.user, domain: 'example.org' } },
    };
    for (const request of [
      signedRequest(stranger),
      signedRequest(away),
      signedRequest(alice, { key: stranger.publicKey }),
    ])
      expect(await as.renew.execute(undefined, request)).toEqual(refused('SIGNATURE_INVALID'));
  });

  describe('over a new key', () => {
    it('signs it when the old key hands over, and then knows the client by the new one alone', async () => {
      const { keys, ...next } = handover(as.crypto, alice);
      const outcome = await as.renew.execute(next, signedRequest(alice));
      if (!outcome.ok) throw new Error(outcome.refusal.rule);
      expect(decode(clientCredential, outcome.value).payload.publicKey).toEqual(keys.publicKey);
      expect(await as.renew.execute(undefined, signedRequest(alice))).toEqual(refused('SIGNATURE_INVALID'));
      expect(await renewed({ ...alice, ...keys })).toEqual(outcome.value);
    });

    it('as.succession.subject: refuses one from another key, or for another client', async () => {
      const stranger = applicant(as.crypto, TEST_DOMAIN, alice.clientId.user.uuid);
      const elsewhere = { ...alice.clientId, uuid: as.crypto.random.uuid() };
      for (const next of [handover(as.crypto, stranger), handover(as.crypto, alice, elsewhere)])
        expect(await as.renew.execute(next, signedRequest(alice))).toEqual(
          refused('INVALID_CREDENTIAL', 'as.succession.subject'),
        );
    });
  });
});
