import { TestClock } from '@phoenix/crypto/testing';
import {
  clientCredential,
  decode,
  formatClientId,
  type Outcome,
  refuse,
  searchProofOfWork,
} from '@phoenix/wire';
import { InvitedRegistration } from '../adapters/policy/invited-registration.js';
import { WorkedRegistration } from '../adapters/policy/worked-registration.js';
import { drawInvitation, hashInvitation } from '../domain/invitation.js';
import { TICKET_LIFETIME_MS } from '../domain/registration-ticket.js';
import { RegistrationPolicy } from '../ports/registration-policy.js';
import { memoryAs, type MemoryAs, TEST_DOMAIN } from '../testing/memory-as.js';
import { applicant } from '../testing/signed-csr.js';
import { begunRegistration, registeredUser, signedRequest } from '../testing/test-account.js';

const refused = (code: string, rule?: string) => ({
  ok: false,
  refusal: rule === undefined ? { code } : { code, rule },
});

class ClosedRegistration extends RegistrationPolicy {
  override async admit(): Promise<Outcome<void>> {
    return refuse('FORBIDDEN');
  }
}

describe('registering a user', () => {
  const clock = new TestClock(Date.UTC(2026, 4, 17, 12));
  let as: MemoryAs;

  beforeEach(async () => {
    as = await memoryAs(clock);
  });

  it('ends with a credential for the client, its key and the id that the AS drew', async () => {
    const { alice, credential } = await registeredUser(as);
    const { payload } = decode(clientCredential, credential);
    expect(payload.clientId).toEqual(alice.clientId);
    expect(payload.publicKey).toEqual(alice.publicKey);
  });

  it('answers the same ticket and CSR with the same credential, even a month later in the ticket’s life', async () => {
    clock.advance(Date.UTC(2026, 4, 31, 23, 55) - clock.now());
    const { alice, input, credential } = await registeredUser(as);
    clock.advance(TICKET_LIFETIME_MS - 1);
    expect(await as.finish.execute(input, signedRequest(alice))).toEqual({ ok: true, value: credential });
  });

  it('makes one user of a hundred racing finishes on one ticket, whatever CSR they bring', async () => {
    const { alice, input } = await begunRegistration(as);
    const others = Array.from({ length: 9 }, () =>
      applicant(as.crypto, TEST_DOMAIN, alice.clientId.user.uuid),
    );
    const racing = Array.from({ length: 100 }, (_, i) => [alice, ...others][i % 10]!);
    const outcomes = await Promise.all(
      racing.map((each) => as.finish.execute({ ...input, csr: each.csr }, signedRequest(each))),
    );
    expect(new Set(racing.filter((_, i) => outcomes[i]!.ok)).size).toBe(1);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(10);
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome).toEqual(refused('TICKET_INVALID'));
  });

  it('refuses a used ticket with another CSR', async () => {
    const { alice, input } = await registeredUser(as);
    const again = applicant(as.crypto, TEST_DOMAIN, alice.clientId.user.uuid);
    const answer = await as.finish.execute({ ...input, csr: again.csr }, signedRequest(again));
    expect(answer).toEqual(refused('TICKET_INVALID'));
  });

  it('refuses a ticket that has expired, was drawn for another user or is none', async () => {
    const { alice, input } = await begunRegistration(as);
    const { ticket: other } = (await begunRegistration(as)).input;
    for (const ticket of [other, new Uint8Array(0), as.crypto.random.bytes(input.ticket.length)]) {
      const answer = await as.finish.execute({ ...input, ticket }, signedRequest(alice));
      expect(answer).toEqual(refused('TICKET_INVALID'));
    }
    clock.advance(TICKET_LIFETIME_MS);
    expect(await as.finish.execute(input, signedRequest(alice))).toEqual(refused('TICKET_INVALID'));
  });

  it('refuses a request that the CSR’s key did not sign, and leaves the ticket good', async () => {
    const { alice, input } = await begunRegistration(as);
    const mallory = applicant(as.crypto, TEST_DOMAIN, alice.clientId.user.uuid);
    const wrong = [{ key: mallory.publicKey }, { name: formatClientId(mallory.clientId) }];
    for (const signature of wrong)
      expect(await as.finish.execute(input, signedRequest(alice, signature))).toEqual(
        refused('SIGNATURE_INVALID'),
      );
    expect((await as.finish.execute(input, signedRequest(alice))).ok).toBe(true);
  });

  it('as.opaque.encoding: refuses what is no OPAQUE request or record, and leaves the ticket good', async () => {
    const malformed = refused('BAD_REQUEST', 'as.opaque.encoding');
    expect(await as.init.execute(new Uint8Array(32))).toEqual(malformed);
    const { alice, input } = await begunRegistration(as);
    const opaqueRecord = input.opaqueRecord.slice(1);
    expect(await as.finish.execute({ ...input, opaqueRecord }, signedRequest(alice))).toEqual(malformed);
    expect((await as.finish.execute(input, signedRequest(alice))).ok).toBe(true);
  });

  it('draws no user id when the registration policy admits nobody', async () => {
    const closed = await memoryAs(clock, new ClosedRegistration());
    const { request } = await closed.opaque.startRegistration('a password');
    expect(await closed.init.execute(request)).toEqual(refused('FORBIDDEN'));
  });

  describe('by invitation', () => {
    const uninvited = refused('FORBIDDEN', 'as.registration.invitation');

    beforeEach(async () => {
      as = await memoryAs(clock, new InvitedRegistration(as.crypto));
    });

    async function invitation(): Promise<string> {
      const code = drawInvitation(as.crypto);
      await as.registration.invite([hashInvitation(as.crypto, code)!]);
      return code;
    }

    it('says so with the first step', async () => {
      const { request } = await as.opaque.startRegistration('a password');
      const terms = { invitation: true, proofOfWork: 0 };
      expect(await as.init.execute(request)).toMatchObject({ value: { terms } });
    });

    it('as.registration.invitation: takes a code once, however it is written', async () => {
      const code = await invitation();
      const [one, two] = [await begunRegistration(as), await begunRegistration(as)];
      const written = code.toUpperCase().replaceAll('-', ' ');
      const brought = { ...one.input, invitation: written };
      expect((await as.finish.execute(brought, signedRequest(one.alice))).ok).toBe(true);
      expect((await as.finish.execute(brought, signedRequest(one.alice))).ok).toBe(true);
      const spent = { ...two.input, invitation: code };
      expect(await as.finish.execute(spent, signedRequest(two.alice))).toEqual(uninvited);
    });

    it('as.registration.invitation: refuses who brings none, or what is none, and leaves the ticket good', async () => {
      const { alice, input } = await begunRegistration(as);
      for (const wrong of [undefined, '', 'please', drawInvitation(as.crypto), 'x'.repeat(10_000)]) {
        const answer = await as.finish.execute({ ...input, invitation: wrong }, signedRequest(alice));
        expect(answer).toEqual(uninvited);
      }
      const invited = { ...input, invitation: await invitation() };
      expect((await as.finish.execute(invited, signedRequest(alice))).ok).toBe(true);
    });

    it('makes one user of fifty that race for one code', async () => {
      const code = await invitation();
      const racing = await Promise.all(Array.from({ length: 50 }, () => begunRegistration(as)));
      const outcomes = await Promise.all(
        racing.map(({ alice, input }) =>
          as.finish.execute({ ...input, invitation: code }, signedRequest(alice)),
        ),
      );
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    });
  });

  describe('by proof of work', () => {
    const BITS = 8;
    const lazy = refused('FORBIDDEN', 'as.registration.proof-of-work');

    beforeEach(async () => {
      as = await memoryAs(clock, new WorkedRegistration(as.crypto, BITS));
    });

    const work = (ticket: Uint8Array): Uint8Array =>
      searchProofOfWork((bytes) => as.crypto.sha256(bytes), ticket, BITS, { from: 0, count: 1e6 })!;

    it('takes who solved the puzzle of its ticket', async () => {
      const { alice, input } = await begunRegistration(as);
      const worked = { ...input, proofOfWork: work(input.ticket) };
      expect((await as.finish.execute(worked, signedRequest(alice))).ok).toBe(true);
    });

    it('as.registration.proof-of-work: refuses no work, half of it, and that of another ticket', async () => {
      const { alice, input } = await begunRegistration(as);
      const { ticket: other } = (await begunRegistration(as)).input;
      const lucky = (nonce: Uint8Array | undefined): boolean =>
        nonce !== undefined && Buffer.from(nonce).equals(Buffer.from(work(input.ticket)));
      for (const proofOfWork of [undefined, new Uint8Array(0), new Uint8Array(9), work(other)]) {
        if (lucky(proofOfWork)) continue;
        const answer = await as.finish.execute({ ...input, proofOfWork }, signedRequest(alice));
        expect(answer).toEqual(lazy);
      }
    });
  });
});
