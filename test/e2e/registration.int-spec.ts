import { type Applicant, applicant } from '@phoenix/as/testing';
import { GraphqlTransport, RequestSigner } from '@phoenix/client';
import { lightOpaqueClient, TestClock } from '@phoenix/crypto/testing';
import {
  clientCredential,
  decode,
  formatClientId,
  formatUserId,
  type Outcome,
  parseBase64Url,
  parseUuid,
} from '@phoenix/wire';
import { Client } from 'pg';
import { startHomeserver, type TestHomeserver } from '../harness/index.js';

const INIT = `mutation ($opaqueRequest: Bytes!) {
  initUserRegistration(input: { opaqueRequest: $opaqueRequest }) { userId ticket opaqueResponse }
}`;
const FINISH = `mutation ($ticket: Bytes!, $csr: Bytes!, $opaqueRecord: Bytes!) {
  finishUserRegistration(input: { ticket: $ticket, csr: $csr, opaqueRecord: $opaqueRecord }) { credential }
}`;
const PASSWORD = 'correct horse battery staple';
const DOMAIN = 'example.com';

/** What the second step sends again. */
interface Begun {
  readonly ticket: Uint8Array;
  readonly opaqueRecord: Uint8Array;
  readonly [name: string]: Uint8Array;
}

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

  const opaque = lightOpaqueClient();

  async function begin(): Promise<{ begun: Begun; alice: Applicant }> {
    const { state, request: opaqueRequest } = await opaque.startRegistration(PASSWORD);
    const answered = await as.execute({ query: INIT, variables: { opaqueRequest } });
    if (!answered.ok) throw new Error(answered.refusal.code);
    const { userId, ticket, opaqueResponse } = (
      answered.value as { initUserRegistration: Record<string, string> }
    ).initUserRegistration;
    const alice = applicant(homeserver.crypto, DOMAIN, parseUuid(userId!)!);
    const identities = { client: formatUserId(alice.clientId.user), server: DOMAIN };
    const response = parseBase64Url(opaqueResponse!)!;
    const opaqueRecord = (await opaque.finishRegistration(PASSWORD, state, response, identities))!;
    return { begun: { ticket: parseBase64Url(ticket!)!, opaqueRecord }, alice };
  }

  function finish(begun: Begun, asking: Applicant, signing = asking): Promise<Outcome<unknown>> {
    const keyId = { kind: 'client', name: formatClientId(asking.clientId) } as const;
    const variables = { ...begun, csr: asking.csr };
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
    const { begun, alice } = await begin();
    const encoded = credentialOf(await finish(begun, alice))!;
    const credential = decode(clientCredential, parseBase64Url(encoded)!);
    expect(credential.payload.clientId).toEqual(alice.clientId);
    expect(credential.payload.publicKey).toEqual(new Uint8Array(alice.publicKey));
  });

  it('stores nothing for a registration that is only begun', async () => {
    const before = await count('users');
    await begin();
    expect(await count('users')).toBe(before);
  });

  it('makes one user of a hundred racing finishes on one ticket and tells all that ask alike the same', async () => {
    const before = await count('users');
    const { begun, alice } = await begin();
    const others = Array.from({ length: 5 }, () =>
      applicant(homeserver.crypto, DOMAIN, alice.clientId.user.uuid),
    );
    const racing = [...others, ...Array.from({ length: 95 }, (_, i) => (i % 2 === 0 ? alice : others[0]!))];
    const outcomes = await Promise.all(racing.map((each) => finish(begun, each)));
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
    const { begun, alice } = await begin();
    const mallory = applicant(homeserver.crypto, DOMAIN, alice.clientId.user.uuid);
    expect(await finish(begun, alice, mallory)).toEqual({
      ok: false,
      refusal: { code: 'SIGNATURE_INVALID' },
    });
    const unsigned = await as.execute({ query: FINISH, variables: { ...begun, csr: alice.csr } });
    expect(unsigned).toEqual({ ok: false, refusal: { code: 'SIGNATURE_REQUIRED' } });
  });

  it('refuses a ticket after ten minutes', async () => {
    const { begun, alice } = await begin();
    clock.advance(10 * 60_000);
    expect(await finish(begun, alice)).toEqual({ ok: false, refusal: { code: 'TICKET_INVALID' } });
  });

  it('refuses what is no CSR without echoing it', async () => {
    const { begun, alice } = await begin();
    const outcome = await finish(begun, { ...alice, csr: Uint8Array.of(1, 2, 3) });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'BAD_REQUEST' } });
    expect(homeserver.log).toEqual([]);
  });
});
