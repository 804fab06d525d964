import { equal } from '@phoenix/wire';
import type { IssuedCredential } from '../../domain/issued-credential.js';
import { type NewUser, type Registration, RegistrationStore } from '../../ports/registration-store.js';
import { MemoryAccounts, nameOf } from './memory-accounts.js';

/** A RegistrationStore for tests. */
export class MemoryRegistrationStore extends RegistrationStore {
  constructor(private readonly accounts = new MemoryAccounts()) {
    super();
  }

  override register(user: NewUser, sign: () => Promise<IssuedCredential>): Promise<Registration> {
    return this.accounts.transaction(() => this.make(user, sign));
  }

  override async invite(codes: readonly Uint8Array[]): Promise<void> {
    for (const code of codes) this.accounts.invitations.set(nameOf(code), code.slice());
  }

  override async invitations(): Promise<Uint8Array[]> {
    return [...this.accounts.invitations.values()].sort((a, b) => Buffer.compare(a, b));
  }

  private async make(
    { client, opaqueRecord, invitation }: NewUser,
    sign: () => Promise<IssuedCredential>,
  ): Promise<Registration> {
    const name = nameOf(client.user.uuid);
    const existing = this.accounts.users.get(name);
    if (existing !== undefined) {
      const same = equal(existing.client.uuid, client.uuid);
      return same ? { kind: 'registered', credential: existing.credential } : { kind: 'taken' };
    }
    if (this.accounts.deleted.has(name)) return { kind: 'taken' };
    const code = invitation && nameOf(invitation);
    if (code !== undefined && !this.accounts.invitations.has(code)) return { kind: 'uninvited' };
    const issued = await sign();
    const { credential } = issued;
    this.accounts.users.set(name, { client, opaqueRecord, credential, issued: [issued], profiles: [] });
    if (code !== undefined) this.accounts.invitations.delete(code);
    return { kind: 'registered', credential };
  }
}
