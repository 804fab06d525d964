import { nodeCrypto } from '@phoenix/crypto';
import type { IssuedCredential } from '../domain/issued-credential.js';
import type { AccountStore } from '../ports/account-store.js';
import type { NewUser, RegistrationStore } from '../ports/registration-store.js';
import { anIssuedCredential, aNewUser } from './sample-accounts.js';

const crypto = nodeCrypto();
const MONTH = 680;

/** An AccountStore and the RegistrationStore that makes its accounts. */
export interface AccountStores {
  readonly accounts: AccountStore;
  readonly registration: RegistrationStore;
}

async function withUser(stores: AccountStores, issued = anIssuedCredential(crypto)) {
  const user: NewUser = aNewUser(crypto);
  await stores.registration.register(user, () => Promise.resolve(issued));
  return { user, issued, id: user.client.user.uuid };
}

const sorted = (issued: readonly IssuedCredential[]): Uint8Array[] =>
  issued.map(({ fingerprint }) => fingerprint).sort((a, b) => Buffer.compare(a, b));

/** What every AccountStore must hold to; `make` answers empty stores. Run it in a `describe` of the adapter's spec. */
export function accountStoreConformance(make: () => Promise<AccountStores>): void {
  it('has the credential and the password record that a user was made with, and nothing for others', async () => {
    const stores = await make();
    const { user, issued, id } = await withUser(stores);
    expect(await stores.accounts.credential(user.client)).toEqual(issued.credential);
    expect(await stores.accounts.opaqueRecord(id)).toEqual(user.opaqueRecord);
    expect(await stores.accounts.credential({ ...user.client, uuid: crypto.random.uuid() })).toBeUndefined();
    expect(await stores.accounts.opaqueRecord(crypto.random.uuid())).toBeUndefined();
  });

  it('replaces a password record of a user that exists', async () => {
    const stores = await make();
    const { id } = await withUser(stores);
    const next = crypto.random.bytes(192);
    expect(await stores.accounts.changePassword(id, next)).toBe(true);
    expect(await stores.accounts.opaqueRecord(id)).toEqual(next);
    expect(await stores.accounts.changePassword(crypto.random.uuid(), next)).toBe(false);
  });

  describe('renewing', () => {
    it('replaces the credential that the client had, and no other', async () => {
      const stores = await make();
      const { user, issued } = await withUser(stores);
      const [next, late] = [anIssuedCredential(crypto), anIssuedCredential(crypto)];
      expect(await stores.accounts.renew(user.client, issued.credential, next)).toEqual(next.credential);
      expect(await stores.accounts.renew(user.client, issued.credential, late)).toEqual(next.credential);
      expect(await stores.accounts.credential(user.client)).toEqual(next.credential);
    });

    it('takes the same credential again, and none for a client that is not there', async () => {
      const stores = await make();
      const { user, issued } = await withUser(stores);
      expect(await stores.accounts.renew(user.client, issued.credential, issued)).toEqual(issued.credential);
      const stranger = aNewUser(crypto).client;
      expect(await stores.accounts.renew(stranger, issued.credential, issued)).toBeUndefined();
    });

    it('lets one of many concurrent renewals win and tells all of them which', async () => {
      const stores = await make();
      const { user, issued } = await withUser(stores);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          stores.accounts.renew(user.client, issued.credential, anIssuedCredential(crypto)),
        ),
      );
      const winner = await stores.accounts.credential(user.client);
      for (const answer of answers) expect(answer).toEqual(winner);
    });
  });

  describe('deleting', () => {
    it('leaves nothing of the user and revokes all that was issued to it and still runs', async () => {
      const stores = await make();
      const { user, issued, id } = await withUser(stores, anIssuedCredential(crypto, MONTH - 1));
      const second = anIssuedCredential(crypto, MONTH);
      const third = anIssuedCredential(crypto, MONTH + 3);
      await stores.accounts.renew(user.client, issued.credential, second);
      await stores.accounts.renew(user.client, second.credential, third);
      expect(await stores.accounts.deleteUser(id, MONTH)).toBe(true);
      expect(await stores.accounts.credential(user.client)).toBeUndefined();
      expect(await stores.accounts.opaqueRecord(id)).toBeUndefined();
      expect(await stores.accounts.revoked(MONTH)).toEqual(sorted([second, third]));
      expect(await stores.accounts.revoked(MONTH + 1)).toEqual(sorted([third]));
    });

    it('touches no other user', async () => {
      const stores = await make();
      const [alice, bob] = [await withUser(stores), await withUser(stores)];
      await stores.accounts.deleteUser(alice.id, MONTH);
      expect(await stores.accounts.credential(bob.user.client)).toEqual(bob.issued.credential);
      expect(await stores.accounts.revoked(MONTH)).toEqual(sorted([alice.issued]));
    });

    it('happens once, however many ask for it', async () => {
      const stores = await make();
      const { id } = await withUser(stores);
      const deleting = Array.from({ length: 10 }, () => stores.accounts.deleteUser(id, MONTH));
      expect((await Promise.all(deleting)).filter((deleted) => deleted)).toHaveLength(1);
    });

    it('gives the id to nobody again: not to the same registration, nor to another client', async () => {
      const stores = await make();
      const { user, issued, id } = await withUser(stores);
      await stores.accounts.deleteUser(id, MONTH);
      for (const again of [user, aNewUser(crypto, id)]) {
        const made = await stores.registration.register(again, () => Promise.resolve(issued));
        expect(made).toEqual({ kind: 'taken' });
      }
    });

    it('spends no invitation on an id that was deleted', async () => {
      const stores = await make();
      const { id } = await withUser(stores);
      await stores.accounts.deleteUser(id, MONTH);
      const invitation = crypto.random.bytes(32);
      await stores.registration.invite([invitation]);
      const issued = anIssuedCredential(crypto);
      await stores.registration.register({ ...aNewUser(crypto, id), invitation }, () =>
        Promise.resolve(issued),
      );
      expect(await stores.registration.invitations()).toEqual([invitation]);
    });

    it('never forgets a renewal that happens at the same time: it is revoked or refused', async () => {
      const stores = await make();
      for (let round = 0; round < 10; round++) {
        const { user, issued, id } = await withUser(stores);
        const next = anIssuedCredential(crypto);
        const [renewed] = await Promise.all([
          stores.accounts.renew(user.client, issued.credential, next),
          stores.accounts.deleteUser(id, MONTH),
        ]);
        const revoked = await stores.accounts.revoked(MONTH);
        expect(revoked).toContainEqual(issued.fingerprint);
        if (renewed !== undefined) expect(revoked).toContainEqual(next.fingerprint);
      }
    });

    it('is forgotten when nothing can refer to it any more', async () => {
      const stores = await make();
      const { issued, id } = await withUser(stores, anIssuedCredential(crypto, MONTH + 1));
      await stores.accounts.deleteUser(id, MONTH);
      await stores.accounts.forget(MONTH + 1);
      expect(await stores.accounts.revoked(MONTH)).toEqual([issued.fingerprint]);
      await stores.accounts.forget(MONTH + 2);
      expect(await stores.accounts.revoked(MONTH)).toEqual([]);
    });
  });
}
