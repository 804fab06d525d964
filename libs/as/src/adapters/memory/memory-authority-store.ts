import { createHash } from 'node:crypto';
import type { AuthorityKeys, IssuerChanges, StoredIssuer } from '../../domain/issuer.js';
import { AuthorityStore } from '../../ports/authority-store.js';
import { nameOf } from './memory-accounts.js';

const nameOfIssuer = ({ credential }: StoredIssuer): string =>
  createHash('sha256').update(credential).digest('hex');

/** An AuthorityStore for tests: forgets with the process. */
export class MemoryAuthorityStore extends AuthorityStore {
  private keys: AuthorityKeys | undefined;
  private setup: Uint8Array | undefined;
  private last: Promise<unknown> = Promise.resolve();

  override async load(): Promise<AuthorityKeys | undefined> {
    return this.keys;
  }

  override async establish(keys: AuthorityKeys): Promise<AuthorityKeys> {
    this.keys ??= keys;
    return this.keys;
  }

  override rotate(
    decide: (issuers: readonly StoredIssuer[]) => Promise<IssuerChanges>,
  ): Promise<readonly StoredIssuer[]> {
    const turn = this.last.then(async () => {
      if (this.keys === undefined) throw new Error('nothing was established');
      const { added, retired, forgotten } = await decide(this.keys.issuers);
      const [gone, mute] = [forgotten, retired].map((names) => new Set(names.map(nameOf)));
      const issuers = [...this.keys.issuers, ...added]
        .filter((issuer) => !gone!.has(nameOfIssuer(issuer)))
        .map((issuer) =>
          mute!.has(nameOfIssuer(issuer)) ? { ...issuer, wrappedKey: new Uint8Array(0) } : issuer,
        );
      this.keys = { ...this.keys, issuers };
      return issuers;
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }

  override async establishOpaqueSetup(wrapped: Uint8Array): Promise<Uint8Array> {
    this.setup ??= wrapped;
    return this.setup;
  }

  override async opaqueSetup(): Promise<Uint8Array | undefined> {
    return this.setup;
  }
}
