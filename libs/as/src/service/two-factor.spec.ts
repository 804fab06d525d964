import { TestClock } from '@phoenix/crypto/testing';
import { formatUserId, monthNumber, type Outcome } from '@phoenix/wire';
import { HANDSHAKE_LIFETIME_MS, HANDSHAKES_AN_HOUR } from '../ports/handshake-store.js';
import { memoryAs, type MemoryAs, TEST_DOMAIN } from '../testing/memory-as.js';
import { type Applicant, applicant } from '../testing/signed-csr.js';
import { provenPassword, registeredUser, signedRequest, TEST_PASSWORD } from '../testing/test-account.js';

const refused = (code: string, rule?: string) => ({
  ok: false,
  refusal: rule === undefined ? { code } : { code, rule },
});
const UNPROVEN = refused('FORBIDDEN', 'as.two-factor');
const NEXT = 'a new password';

describe('the second factor', () => {
  const clock = new TestClock(Date.UTC(2026, 4, 17, 12));
  let as: MemoryAs;
  let alice: Applicant;
  let credential: Uint8Array;

  beforeEach(async () => {
    as = await memoryAs(clock);
    ({ alice, credential } = await registeredUser(as));
  });

  /** A hand-shake with the present password that asks for a record of the next one. */
  async function changing(password = TEST_PASSWORD, next = NEXT) {
    const [login, registration] = [
      await as.opaque.startLogin(password),
      await as.opaque.startRegistration(next),
    ];
    const request = { ke1: login.message, opaqueRequest: registration.request };
    const begun = await as.initTwoFactor.execute(request, signedRequest(alice));
    if (!begun.ok) throw new Error(begun.refusal.code);
    const { ke2, opaqueResponse } = begun.value;
    const identities = { client: formatUserId(alice.clientId.user), server: TEST_DOMAIN };
    const record = await as.opaque.finishRegistration(next, registration.state, opaqueResponse!, identities);
    const ke3 = await as.opaque.finishLogin(password, login.state, ke2, identities);
    return { ke3: ke3 ?? as.crypto.random.bytes(64), opaqueRecord: record! };
  }

  const deletes = (ke3: Uint8Array): Promise<Outcome<void>> =>
    as.deleteUser.execute(ke3, signedRequest(alice));

  it('deletes the user of who proves the password, and revokes its credential', async () => {
    expect(await deletes((await provenPassword(as, alice))!)).toEqual({ ok: true });
    expect(await as.accounts.credential(alice.clientId)).toBeUndefined();
    const { revoked } = await as.readCredentials.execute();
    expect(revoked).toEqual([as.crypto.sha256(credential)]);
  });

  it('publishes a revoked fingerprint until its credential would have run out', async () => {
    await deletes((await provenPassword(as, alice))!);
    const end = Date.UTC(2026, 8, 1);
    expect(await as.accounts.revoked(monthNumber(end - 1))).toHaveLength(1);
    expect(await as.accounts.revoked(monthNumber(end))).toEqual([]);
  });

  it('lets nobody sign for a user that was deleted, nor finish its registration again', async () => {
    const { alice: bob, input } = await registeredUser(as);
    await as.deleteUser.execute((await provenPassword(as, bob))!, signedRequest(bob));
    expect(await as.renew.execute(undefined, signedRequest(bob))).toEqual(refused('SIGNATURE_INVALID'));
    expect(await as.finish.execute(input, signedRequest(bob))).toEqual(refused('TICKET_INVALID'));
  });

  it('gives nothing to prove to who has a wrong password', async () => {
    expect(await provenPassword(as, alice, 'wrong')).toBeUndefined();
  });

  it('as.two-factor: refuses alike a made-up proof, one of another hand-shake, and one without any', async () => {
    expect(await deletes(as.crypto.random.bytes(64))).toEqual(UNPROVEN);
    const stale = (await provenPassword(as, alice))!;
    await provenPassword(as, alice);
    expect(await deletes(stale)).toEqual(UNPROVEN);
    await provenPassword(as, alice);
    expect(await deletes(as.crypto.random.bytes(64))).toEqual(UNPROVEN);
    expect(await deletes(new Uint8Array(0))).toEqual(UNPROVEN);
  });

  it('as.two-factor: takes a hand-shake once, whatever became of it', async () => {
    const ke3 = (await provenPassword(as, alice))!;
    expect(await deletes(as.crypto.random.bytes(64))).toEqual(UNPROVEN);
    expect(await deletes(ke3)).toEqual(UNPROVEN);
  });

  it('as.two-factor: refuses after five minutes', async () => {
    const ke3 = (await provenPassword(as, alice))!;
    clock.advance(HANDSHAKE_LIFETIME_MS);
    expect(await deletes(ke3)).toEqual(UNPROVEN);
  });

  it('as.two-factor: refuses one user the proof of another', async () => {
    const { alice: bob } = await registeredUser(as);
    const ofBob = (await provenPassword(as, bob))!;
    await provenPassword(as, alice);
    expect(await deletes(ofBob)).toEqual(UNPROVEN);
  });

  it('begins nothing for who is no client, and nothing is done that the client did not sign', async () => {
    const stranger = applicant(as.crypto, TEST_DOMAIN, as.crypto.random.uuid());
    const { message: ke1 } = await as.opaque.startLogin('any');
    const input = { ke1, opaqueRequest: undefined };
    const unknown = await as.initTwoFactor.execute(input, signedRequest(stranger));
    expect(unknown).toEqual(refused('SIGNATURE_INVALID'));
    const ke3 = (await provenPassword(as, alice))!;
    const forged = signedRequest(alice, { key: stranger.publicKey });
    expect(await as.deleteUser.execute(ke3, forged)).toEqual(refused('SIGNATURE_INVALID'));
    expect(await deletes(ke3)).toEqual({ ok: true });
  });

  it('as.opaque.encoding: refuses what is no KE1, request or record', async () => {
    const malformed = refused('BAD_REQUEST', 'as.opaque.encoding');
    const { message: ke1 } = await as.opaque.startLogin('any');
    for (const input of [
      { ke1: ke1.slice(1), opaqueRequest: undefined },
      { ke1, opaqueRequest: new Uint8Array(32) },
    ])
      expect(await as.initTwoFactor.execute(input, signedRequest(alice))).toEqual(malformed);
    const { ke3, opaqueRecord } = await changing();
    const bad = { ke3, opaqueRecord: opaqueRecord.slice(1) };
    expect(await as.changePassword.execute(bad, signedRequest(alice))).toEqual(malformed);
  });

  it('allows ten guesses an hour', async () => {
    const { message: ke1 } = await as.opaque.startLogin('guess');
    const guess = () => as.initTwoFactor.execute({ ke1, opaqueRequest: undefined }, signedRequest(alice));
    for (let i = 0; i < HANDSHAKES_AN_HOUR; i++) expect((await guess()).ok).toBe(true);
    expect(await guess()).toEqual(refused('LIMIT_EXCEEDED'));
    clock.advance(3_600_000);
    expect((await guess()).ok).toBe(true);
  });

  describe('changing the password', () => {
    it('replaces the old one by the new one', async () => {
      expect(await as.changePassword.execute(await changing(), signedRequest(alice))).toEqual({ ok: true });
      expect(await provenPassword(as, alice)).toBeUndefined();
      expect(await deletes((await provenPassword(as, alice, NEXT))!)).toEqual({ ok: true });
    });

    it('as.two-factor: takes the present password', async () => {
      const outcome = await as.changePassword.execute(await changing('wrong'), signedRequest(alice));
      expect(outcome).toEqual(UNPROVEN);
      expect(await provenPassword(as, alice)).toBeDefined();
    });

    it('answers the same request as done when its answer was lost, and no other', async () => {
      const input = await changing();
      const body = as.crypto.random.bytes(32);
      const request = () => signedRequest(alice, { body });
      await as.changePassword.execute(input, request());
      expect(await as.changePassword.execute(input, request())).toEqual({ ok: true });
      expect(await as.changePassword.execute(input, signedRequest(alice))).toEqual(UNPROVEN);
      clock.advance(HANDSHAKE_LIFETIME_MS);
      expect(await as.changePassword.execute(input, request())).toEqual(UNPROVEN);
    });
  });
});
