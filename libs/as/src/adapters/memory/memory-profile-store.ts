import { equal } from '@phoenix/wire';
import { ProfileStore } from '../../ports/profile-store.js';
import { MemoryAccounts } from './memory-accounts.js';

const KEPT = 2;

/** A ProfileStore for tests. */
export class MemoryProfileStore extends ProfileStore {
  constructor(private readonly accounts = new MemoryAccounts()) {
    super();
  }

  override put(id: Uint8Array, keyId: Uint8Array, profile: Uint8Array): Promise<boolean> {
    return this.accounts.transaction(() => {
      const user = this.accounts.user(id);
      if (user === undefined) return false;
      const [newest] = user.profiles;
      const others =
        newest !== undefined && equal(newest.keyId, keyId) ? user.profiles.slice(1) : user.profiles;
      user.profiles = [{ keyId, profile }, ...others].slice(0, KEPT);
      return true;
    });
  }

  override async read(id: Uint8Array, keyId: Uint8Array): Promise<Uint8Array | undefined> {
    return this.accounts.user(id)?.profiles.find((each) => equal(each.keyId, keyId))?.profile;
  }
}
