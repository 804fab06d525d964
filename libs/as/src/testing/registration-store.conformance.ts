import { nodeCrypto } from '@phoenix/crypto';
import type { IssuedCredential } from '../domain/issued-credential.js';
import type { NewUser, RegistrationStore } from '../ports/registration-store.js';
import { anIssuedCredential, aNewUser } from './sample-accounts.js';

const crypto = nodeCrypto();
const signing = (issued: IssuedCredential) => (): Promise<IssuedCredential> => Promise.resolve(issued);
const mustNotSign = (): Promise<IssuedCredential> =>
  Promise.reject(new Error('signed for a user that is not made'));
const registered = ({ credential }: IssuedCredential) => ({ kind: 'registered', credential });

/** What every RegistrationStore must hold to; `make` answers an empty one. Run it in a `describe` of the adapter's spec. */
export function registrationStoreConformance(make: () => Promise<RegistrationStore>): void {
  it('answers the credential that it had signed', async () => {
    const store = await make();
    const issued = anIssuedCredential(crypto);
    expect(await store.register(aNewUser(crypto), signing(issued))).toEqual(registered(issued));
  });

  it('answers a repeated registration with the stored credential and signs nothing', async () => {
    const store = await make();
    const user = aNewUser(crypto);
    const issued = anIssuedCredential(crypto);
    await store.register(user, signing(issued));
    expect(await store.register(user, mustNotSign)).toEqual(registered(issued));
  });

  it('has no credential for another client of a user that exists, and signs none', async () => {
    const store = await make();
    const user = aNewUser(crypto);
    await store.register(user, signing(anIssuedCredential(crypto)));
    const other = aNewUser(crypto, user.client.user.uuid);
    expect(await store.register(other, mustNotSign)).toEqual({ kind: 'taken' });
  });

  it('keeps no user whose credential could not be signed', async () => {
    const store = await make();
    const user = aNewUser(crypto);
    await expect(store.register(user, () => Promise.reject(new Error('no vault')))).rejects.toThrow();
    const issued = anIssuedCredential(crypto);
    expect(await store.register(user, signing(issued))).toEqual(registered(issued));
  });

  it('signs once when a hundred register one user at once, and answers all of them alike', async () => {
    const store = await make();
    const user = aNewUser(crypto);
    const signed: IssuedCredential[] = [];
    const sign = async (): Promise<IssuedCredential> => {
      signed.push(anIssuedCredential(crypto));
      return signed[0]!;
    };
    const answers = await Promise.all(Array.from({ length: 100 }, () => store.register(user, sign)));
    expect(signed).toHaveLength(1);
    for (const answer of answers) expect(answer).toEqual(registered(signed[0]!));
  });

  it('makes one of many clients that claim one user at once', async () => {
    const store = await make();
    const id = crypto.random.uuid();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        store.register(aNewUser(crypto, id), signing(anIssuedCredential(crypto))),
      ),
    );
    expect(answers.filter(({ kind }) => kind === 'registered')).toHaveLength(1);
  });

  describe('with invitations', () => {
    const code = (): Uint8Array => crypto.random.bytes(32);
    const invited = (invitation: Uint8Array): NewUser => ({ ...aNewUser(crypto), invitation });

    it('lists those that are not spent, sorted, and takes one twice as one', async () => {
      const store = await make();
      const codes = [code(), code(), code()];
      await store.invite(codes);
      await store.invite(codes.slice(0, 1));
      expect(await store.invitations()).toEqual([...codes].sort((a, b) => Buffer.compare(a, b)));
    });

    it('makes no user for a code that was never made, and signs nothing', async () => {
      const store = await make();
      const user = invited(code());
      expect(await store.register(user, mustNotSign)).toEqual({ kind: 'uninvited' });
      await store.invite([user.invitation!]);
      const issued = anIssuedCredential(crypto);
      expect(await store.register(user, signing(issued))).toEqual(registered(issued));
    });

    it('spends a code with its user, and not again with the same registration repeated', async () => {
      const store = await make();
      const user = invited(code());
      await store.invite([user.invitation!]);
      const issued = anIssuedCredential(crypto);
      await store.register(user, signing(issued));
      expect(await store.invitations()).toEqual([]);
      expect(await store.register(user, mustNotSign)).toEqual(registered(issued));
    });

    it('does not spend a code on a registration that could not be signed', async () => {
      const store = await make();
      const user = invited(code());
      await store.invite([user.invitation!]);
      await expect(store.register(user, () => Promise.reject(new Error('no vault')))).rejects.toThrow();
      expect(await store.invitations()).toEqual([user.invitation]);
    });

    it('makes one of fifty users that race for one code', async () => {
      const store = await make();
      const invitation = code();
      await store.invite([invitation]);
      const answers = await Promise.all(
        Array.from({ length: 50 }, () =>
          store.register(invited(invitation), signing(anIssuedCredential(crypto))),
        ),
      );
      expect(answers.filter(({ kind }) => kind === 'registered')).toHaveLength(1);
      expect(answers.filter(({ kind }) => kind === 'uninvited')).toHaveLength(49);
    });
  });
}
