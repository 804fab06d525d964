import { nodeCrypto, SystemClock } from '@phoenix/crypto';
import { MemoryKeyVault } from '@phoenix/crypto/testing';
import { createEdge, OperationList } from '@phoenix/edge';
import { createTestDatabase, type TestDatabase } from '@phoenix/postgres/testing';
import { type Outcome, refuse } from '@phoenix/wire';
import { AsModule, type AsOptions } from './as.module.js';
import { RegistrationPolicy } from './ports/registration-policy.js';
import { ReadCredentials } from './service/read-credentials.js';

type App = Awaited<ReturnType<typeof createEdge>>;

class Nobody extends RegistrationPolicy {
  override async admit(): Promise<Outcome<void>> {
    return refuse('FORBIDDEN');
  }
}

describe('the AS as a service', () => {
  const crypto = nodeCrypto();
  const clock = new SystemClock();
  const vault = new MemoryKeyVault(crypto);
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  function start(options: Partial<AsOptions> = {}): Promise<App> {
    const root = AsModule.forRoot({
      domain: 'example.com',
      databaseUrl: database.url,
      clock,
      crypto,
      vault,
      jobs: { declare: () => undefined },
      ...options,
    });
    const log = (): void => undefined;
    return createEdge(root, { authority: 'as.example.com', clock, crypto, log, tokens: 'off' });
  }

  it('is one AS when two of its processes boot for the first time at once', async () => {
    const apps = await Promise.all([start(), start()]);
    const [one, other] = await Promise.all(
      apps.map((app) => app.get(ReadCredentials, { strict: false }).execute()),
    );
    expect(one).toEqual(other);
    expect([one!.roots.length, one!.intermediates.length]).toEqual([1, 1]);
    await Promise.all(apps.map((app) => app.close()));
  });

  it('demands the client’s signature for what is an account’s, and a token but for registering and what all must know', async () => {
    const app = await start();
    const demands = app.get(OperationList, { strict: false }).all();
    const ofAccounts = Object.fromEntries(
      demands.map(({ name, demand }) => [name, [demand.signedBy, demand.token]]),
    );
    expect(ofAccounts).toMatchObject({
      asCredentials: [undefined, undefined],
      initUserRegistration: [undefined, undefined],
      finishUserRegistration: ['client', undefined],
      renewClientCredential: ['client', 'as'],
      initTwoFactor: ['client', 'as'],
      changePassword: ['client', 'as'],
      deleteUser: ['client', 'as'],
      updateUserProfile: ['client', 'as'],
      userProfile: [undefined, 'as'],
    });
    await app.close();
  });

  it('lets an operator replace the registration policy', async () => {
    const app = await start({ overrides: [{ provide: RegistrationPolicy, useClass: Nobody }] });
    const response = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json' },
      payload: { query: 'mutation { initUserRegistration(input: { opaqueRequest: "" }) { ticket } }' },
    });
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    await app.close();
  });

  it('does not boot for another home domain than its own', async () => {
    await expect(start({ domain: 'example.org' })).rejects.toThrow(
      'This AS was set up for the home domain example.com and cannot serve example.org.',
    );
  });

  it('does not boot with another vault than the one that wrapped its keys', async () => {
    await expect(start({ vault: new MemoryKeyVault(crypto) })).rejects.toThrow();
  });
});
