import { nodeCrypto, type PhoenixCrypto } from '@phoenix/crypto';
import { MemoryKeyVault, TestClock } from '@phoenix/crypto/testing';
import type { SignedRequest } from '@phoenix/edge';
import { clientCredential, decode, done, formatClientId, type Outcome, refuse } from '@phoenix/wire';
import { MemoryAuthorityStore } from '../adapters/memory/memory-authority-store.js';
import { MemoryRegistrationStore } from '../adapters/memory/memory-registration-store.js';
import { OpenRegistration } from '../adapters/policy/open-registration.js';
import { Authority } from '../domain/authority.js';
import { RegistrationTickets, TICKET_LIFETIME_MS } from '../domain/registration-ticket.js';
import { RegistrationPolicy } from '../ports/registration-policy.js';
import { type Applicant, applicant } from '../testing/signed-csr.js';
import { FinishUserRegistration } from './finish-user-registration.js';
import { InitUserRegistration } from './init-user-registration.js';
import { openAuthority } from './open-authority.js';

const DOMAIN = 'example.com';
const refused = (code: string) => ({ ok: false, refusal: { code } });

class ClosedRegistration extends RegistrationPolicy {
  override async admit(): Promise<Outcome<void>> {
    return refuse('FORBIDDEN');
  }
}

/** A request that the edge has taken in and whose signature is right under `key` alone. */
function signed(by: Applicant, key = by.publicKey, keyName = formatClientId(by.clientId)): SignedRequest {
  return {
    keyId: { kind: 'client', name: keyName },
    nonce: new Uint8Array(16),
    bodyDigest: new Uint8Array(32),
    authenticate: async (publicKey) =>
      Buffer.from(publicKey).equals(key) ? done(undefined) : refuse('SIGNATURE_INVALID'),
  };
}

describe('registering a user', () => {
  const crypto: PhoenixCrypto = nodeCrypto();
  const clock = new TestClock(Date.UTC(2026, 4, 17, 12));
  const vault = new MemoryKeyVault(crypto);
  let init: InitUserRegistration;
  let finish: FinishUserRegistration;
  let tickets: RegistrationTickets;

  beforeEach(async () => {
    const first = { domain: DOMAIN, nowMs: clock.now() };
    const { issuers } = await openAuthority(new MemoryAuthorityStore(), vault, crypto, first);
    tickets = new RegistrationTickets(crypto, crypto.random.bytes(32), DOMAIN);
    init = new InitUserRegistration(new OpenRegistration(), tickets, clock);
    const authority = new Authority(vault, crypto, DOMAIN, issuers);
    finish = new FinishUserRegistration(tickets, authority, new MemoryRegistrationStore(), clock);
  });

  async function begun(): Promise<{ ticket: Uint8Array; alice: Applicant }> {
    const begun = await init.execute();
    if (!begun.ok) throw new Error(begun.refusal.code);
    return { ticket: begun.value.ticket, alice: applicant(crypto, DOMAIN, begun.value.user) };
  }

  it('ends with a credential for the client, its key and the id that the AS drew', async () => {
    const { ticket, alice } = await begun();
    const answer = await finish.execute({ ticket, csr: alice.csr }, signed(alice));
    const { payload } = decode(clientCredential, answer.ok ? answer.value : new Uint8Array(0));
    expect(payload.clientId).toEqual(alice.clientId);
    expect(payload.publicKey).toEqual(alice.publicKey);
  });

  it('answers the same ticket and CSR with the same credential, even a month later in the ticket’s life', async () => {
    clock.advance(Date.UTC(2026, 4, 31, 23, 55) - clock.now());
    const { ticket, alice } = await begun();
    const first = await finish.execute({ ticket, csr: alice.csr }, signed(alice));
    clock.advance(TICKET_LIFETIME_MS - 1);
    expect(await finish.execute({ ticket, csr: alice.csr }, signed(alice))).toEqual(first);
  });

  it('refuses a used ticket with another CSR', async () => {
    const { ticket, alice } = await begun();
    await finish.execute({ ticket, csr: alice.csr }, signed(alice));
    const again = applicant(crypto, DOMAIN, alice.clientId.user.uuid);
    expect(await finish.execute({ ticket, csr: again.csr }, signed(again))).toEqual(
      refused('TICKET_INVALID'),
    );
  });

  it('refuses a ticket that has expired, was drawn for another user or is none', async () => {
    const { ticket, alice } = await begun();
    const { ticket: other } = await begun();
    for (const wrong of [other, new Uint8Array(0), crypto.random.bytes(ticket.length)]) {
      const answer = await finish.execute({ ticket: wrong, csr: alice.csr }, signed(alice));
      expect(answer).toEqual(refused('TICKET_INVALID'));
    }
    clock.advance(TICKET_LIFETIME_MS);
    const late = await finish.execute({ ticket, csr: alice.csr }, signed(alice));
    expect(late).toEqual(refused('TICKET_INVALID'));
  });

  it('refuses a request that the CSR’s key did not sign, and leaves the ticket good', async () => {
    const { ticket, alice } = await begun();
    const mallory = applicant(crypto, DOMAIN, alice.clientId.user.uuid);
    const otherKey = await finish.execute({ ticket, csr: alice.csr }, signed(alice, mallory.publicKey));
    const otherName = await finish.execute({ ticket, csr: alice.csr }, signed(mallory, alice.publicKey));
    expect([otherKey, otherName]).toEqual([refused('SIGNATURE_INVALID'), refused('SIGNATURE_INVALID')]);
    expect((await finish.execute({ ticket, csr: alice.csr }, signed(alice))).ok).toBe(true);
  });

  it('draws no user id when the registration policy admits nobody', async () => {
    const closed = new InitUserRegistration(new ClosedRegistration(), tickets, clock);
    expect(await closed.execute()).toEqual(refused('FORBIDDEN'));
  });
});
