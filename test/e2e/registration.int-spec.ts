import { type Applicant, applicant } from '@phoenix/as/testing';
import { GraphqlTransport, RequestSigner } from '@phoenix/client';
import { TestClock } from '@phoenix/crypto/testing';
import {
  clientCredential,
  decode,
  formatBase64Url,
  formatClientId,
  type Outcome,
  parseBase64Url,
  parseUuid,
} from '@phoenix/wire';
import { Client } from 'pg';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';

const INIT = 'mutation { initUserRegistration { userId ticket } }';
const FINISH = `mutation ($ticket: Bytes!, $csr: Bytes!) {
  finishUserRegistration(input: { ticket: $ticket, csr: $csr }) { credential }
}`;
const DOMAIN = 'example.com';

describe('registration over HTTP', () => {
  const clock = new TestClock(Date.UTC(2026, 4, 17, 12));
  let homeserver: TestHomeserver;
  let as: GraphqlTransport;

  beforeAll(async () => {
    homeserver = await startHomeserver({ domain: DOMAIN, clock });
    as = new GraphqlTransport({
      url: homeserver.as.url,
      signer: new RequestSigner(homeserver.crypto, clock),
    });
  });

  afterAll(() => homeserver.stop());

  async function begin(): Promise<{ ticket: Uint8Array; alice: Applicant }> {
    const begun = await as.execute({ query: INIT });
    if (!begun.ok) throw new Error(begun.refusal.code);
    const { userId, ticket } = (begun.value as { initUserRegistration: Record<string, string> })
      .initUserRegistration;
    const user = parseUuid(userId!)!;
    return { ticket: parseBase64Url(ticket!)!, alice: applicant(homeserver.crypto, DOMAIN, user) };
  }

  function finish(ticket: Uint8Array, asking: Applicant, signing = asking): Promise<Outcome<unknown>> {
    const keyId = { kind: 'client', name: formatClientId(asking.clientId) } as const;
    const variables = { ticket, csr: asking.csr };
    return as.execute({ query: FINISH, variables }, { keyId, privateKey: signing.privateKey });
  }

  async function count(table: string): Promise<number> {
    const client = new Client({ connectionString: homeserver.as.databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
    await client.end();
    return rows[0]!.n;
  }

  const credentialOf = (outcome: Outcome<unknown>): string | undefined =>
    outcome.ok
      ? (outcome.value as { finishUserRegistration: { credential: string } }).finishUserRegistration
          .credential
      : undefined;

  it('gives a client a credential for the user id that the AS drew', async () => {
    const { ticket, alice } = await begin();
    const encoded = credentialOf(await finish(ticket, alice))!;
    const credential = decode(clientCredential, parseBase64Url(encoded)!);
    expect(credential.payload.clientId).toEqual(alice.clientId);
    expect(credential.payload.publicKey).toEqual(new Uint8Array(alice.publicKey));
  });

  it('stores nothing for a registration that is only begun', async () => {
    const before = await count('users');
    await begin();
    expect(await count('users')).toBe(before);
  });

  it('makes one user of fifty racing finishes on one ticket and tells all that ask alike the same', async () => {
    const before = await count('users');
    const { ticket, alice } = await begin();
    const others = Array.from({ length: 5 }, () =>
      applicant(homeserver.crypto, DOMAIN, alice.clientId.user.uuid),
    );
    const racing = [...others, ...Array.from({ length: 45 }, (_, i) => (i % 2 === 0 ? alice : others[0]!))];
    const outcomes = await Promise.all(racing.map((each) => finish(ticket, each)));
    const winners = new Set(racing.filter((_, i) => outcomes[i]!.ok));
    const credentials = new Set(outcomes.map(credentialOf).filter((each) => each !== undefined));
    expect([winners.size, credentials.size]).toEqual([1, 1]);
    outcomes.forEach((outcome, i) => {
      if (winners.has(racing[i]!)) expect(outcome.ok).toBe(true);
      else expect(outcome).toEqual({ ok: false, refusal: { code: 'TICKET_INVALID' } });
    });
    expect(await count('users')).toBe(before + 1);
    expect(await count('clients')).toBe(await count('users'));
  });

  it('refuses a finish that another key signed, or none', async () => {
    const { ticket, alice } = await begin();
    const mallory = applicant(homeserver.crypto, DOMAIN, alice.clientId.user.uuid);
    expect(await finish(ticket, alice, mallory)).toEqual({
      ok: false,
      refusal: { code: 'SIGNATURE_INVALID' },
    });
    const unsigned = await as.execute({ query: FINISH, variables: { ticket, csr: alice.csr } });
    expect(unsigned).toEqual({ ok: false, refusal: { code: 'SIGNATURE_REQUIRED' } });
  });

  it('refuses a ticket after ten minutes', async () => {
    const { ticket, alice } = await begin();
    clock.advance(10 * 60_000);
    expect(await finish(ticket, alice)).toEqual({ ok: false, refusal: { code: 'TICKET_INVALID' } });
  });

  it('refuses what is no CSR without echoing it', async () => {
    const { ticket, alice } = await begin();
    const outcome = await finish(ticket, { ...alice, csr: Uint8Array.of(1, 2, 3) });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'BAD_REQUEST' } });
    expect(formatBase64Url(ticket)).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(homeserver.log).toEqual([]);
  });
});
