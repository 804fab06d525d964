import { nodeCrypto } from '@phoenix/crypto';
import type { ClientId } from '@phoenix/wire';
import type { RegistrationStore } from '../ports/registration-store.js';

const crypto = nodeCrypto();
const someClient = (user = crypto.random.uuid()): ClientId => ({
  user: { uuid: user, domain: 'example.com' },
  uuid: crypto.random.uuid(),
});
const signing = (credential: Uint8Array) => (): Promise<Uint8Array> => Promise.resolve(credential);
const mustNotSign = (): Promise<Uint8Array> => Promise.reject(new Error('signed for a user that exists'));

/** What every RegistrationStore must hold to; `make` answers an empty one. Run it in a `describe` of the adapter's spec. */
export function registrationStoreConformance(make: () => Promise<RegistrationStore>): void {
  it('answers the credential that it had signed', async () => {
    const store = await make();
    const credential = crypto.random.bytes(200);
    expect(await store.register(someClient(), signing(credential))).toEqual(credential);
  });

  it('answers a repeated registration with the stored credential and signs nothing', async () => {
    const store = await make();
    const client = someClient();
    const credential = crypto.random.bytes(200);
    await store.register(client, signing(credential));
    expect(await store.register(client, mustNotSign)).toEqual(credential);
  });

  it('has no credential for another client of a user that exists, and signs none', async () => {
    const store = await make();
    const client = someClient();
    await store.register(client, signing(crypto.random.bytes(200)));
    expect(await store.register(someClient(client.user.uuid), mustNotSign)).toBeUndefined();
  });

  it('keeps no user whose credential could not be signed', async () => {
    const store = await make();
    const client = someClient();
    await expect(store.register(client, () => Promise.reject(new Error('no vault')))).rejects.toThrow();
    const credential = crypto.random.bytes(200);
    expect(await store.register(client, signing(credential))).toEqual(credential);
  });

  it('signs once when many register one user at once, and answers all of them alike', async () => {
    const store = await make();
    const client = someClient();
    const signed: Uint8Array[] = [];
    const sign = async (): Promise<Uint8Array> => {
      signed.push(crypto.random.bytes(200));
      return signed[0]!;
    };
    const answers = await Promise.all(Array.from({ length: 50 }, () => store.register(client, sign)));
    expect(signed).toHaveLength(1);
    for (const answer of answers) expect(answer).toEqual(signed[0]);
  });

  it('makes one of many clients that claim one user at once', async () => {
    const store = await make();
    const user = crypto.random.uuid();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => store.register(someClient(user), signing(crypto.random.bytes(200)))),
    );
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(1);
  });
}
