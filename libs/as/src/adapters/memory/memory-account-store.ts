import { type ClientId, equal } from '@phoenix/wire';
import type { IssuedCredential } from '../../domain/issued-credential.js';
import { AccountStore } from '../../ports/account-store.js';
import { MemoryAccounts, type MemoryUser, nameOf } from './memory-accounts.js';

/** An AccountStore for tests. */
export class MemoryAccountStore extends AccountStore {
  constructor(private readonly accounts = new MemoryAccounts()) {
    super();
  }

  override async credential(client: ClientId): Promise<Uint8Array | undefined> {
    return this.userOf(client)?.credential;
  }

  override async opaqueRecord(user: Uint8Array): Promise<Uint8Array | undefined> {
    return this.accounts.user(user)?.opaqueRecord;
  }

  override renew(
    client: ClientId,
    current: Uint8Array,
    next: IssuedCredential,
  ): Promise<Uint8Array | undefined> {
    return this.accounts.transaction(() => {
      const user = this.userOf(client);
      if (user === undefined || !equal(user.credential, current)) return user?.credential;
      if (equal(current, next.credential)) return current;
      user.credential = next.credential;
      user.issued.push(next);
      return user.credential;
    });
  }

  override changePassword(id: Uint8Array, opaqueRecord: Uint8Array): Promise<boolean> {
    return this.accounts.transaction(() => {
      const user = this.accounts.user(id);
      if (user !== undefined) user.opaqueRecord = opaqueRecord;
      return user !== undefined;
    });
  }

  override deleteUser(id: Uint8Array, nowMonth: number): Promise<boolean> {
    return this.accounts.transaction(() => {
      const user = this.accounts.user(id);
      if (user === undefined) return false;
      for (const each of user.issued)
        if (each.lastMonth >= nowMonth) this.accounts.revoked.set(nameOf(each.fingerprint), each);
      this.accounts.deleted.set(nameOf(id), nowMonth);
      return this.accounts.users.delete(nameOf(id));
    });
  }

  override async revoked(nowMonth: number): Promise<Uint8Array[]> {
    return [...this.accounts.revoked.values()]
      .filter(({ lastMonth }) => lastMonth >= nowMonth)
      .map(({ fingerprint }) => fingerprint)
      .sort((a, b) => Buffer.compare(a, b));
  }

  override async forget(nowMonth: number): Promise<void> {
    const { users, revoked, deleted } = this.accounts;
    for (const user of users.values())
      user.issued = user.issued.filter(({ lastMonth }) => lastMonth >= nowMonth);
    for (const [name, { lastMonth }] of revoked) if (lastMonth < nowMonth) revoked.delete(name);
    for (const [name, month] of deleted) if (month < nowMonth - 1) deleted.delete(name);
  }

  private userOf(client: ClientId): MemoryUser | undefined {
    const user = this.accounts.user(client.user.uuid);
    return user !== undefined && equal(user.client.uuid, client.uuid) ? user : undefined;
  }
}
