import type { AuthorityKeys } from '../../domain/issuer.js';
import { AuthorityStore } from '../../ports/authority-store.js';

/** An AuthorityStore for tests: forgets with the process. */
export class MemoryAuthorityStore extends AuthorityStore {
  private keys: AuthorityKeys | undefined;

  override async load(): Promise<AuthorityKeys | undefined> {
    return this.keys;
  }

  override async establish(keys: AuthorityKeys): Promise<AuthorityKeys> {
    this.keys ??= keys;
    return this.keys;
  }
}
