import { Injectable } from '@nestjs/common';
import { Clock, KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import { asCredential, decode } from '@phoenix/wire';
import { issueIntermediate, issueRoot } from '../domain/issue-authority.js';
import type { IssuerChanges, StoredIssuer } from '../domain/issuer.js';
import { isSettled, planRotation, signingRoot } from '../domain/rotation.js';
import { AuthorityStore } from '../ports/authority-store.js';

/** Replaces roots and intermediates in time, destroys keys that sign no more, forgets what nobody looks at. */
@Injectable()
export class RotateCredentials {
  constructor(
    private readonly store: AuthorityStore,
    private readonly vault: KeyVault,
    private readonly crypto: PhoenixCrypto,
    private readonly clock: Clock,
  ) {}

  /**
   * The issuers after what was due at this moment has been done; does nothing where nothing was. Any number of processes may
   * call it at any time: one of them rotates, the others find it done.
   */
  async execute(): Promise<readonly StoredIssuer[]> {
    const stored = (await this.store.load())?.issuers;
    if (stored === undefined) throw new Error('an AS without keys cannot rotate them');
    if (isSettled(planRotation(stored, this.clock.now()))) return stored;
    return this.store.rotate((issuers) => this.changes(issuers));
  }

  private async changes(issuers: readonly StoredIssuer[]): Promise<IssuerChanges> {
    const now = this.clock.now();
    const plan = planRotation(issuers, now);
    const added: StoredIssuer[] = [];
    if (plan.newRoot) added.push(await issueRoot(this.vault, domainOf(issuers), now));
    if (plan.newIntermediate) {
      const root = signingRoot([...issuers, ...added], now);
      added.push(await issueIntermediate(this.vault, this.crypto, root, now));
    }
    const names = (list: readonly StoredIssuer[]): Uint8Array[] =>
      list.map(({ credential }) => this.crypto.sha256(credential));
    return { added, retired: names(plan.retired), forgotten: names(plan.forgotten) };
  }
}

function domainOf(issuers: readonly StoredIssuer[]): string {
  const root = issuers.find(({ kind }) => kind === 'root');
  if (root === undefined) throw new Error('an AS without a root');
  return decode(asCredential, root.credential).payload.domain;
}
