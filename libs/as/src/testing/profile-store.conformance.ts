import { nodeCrypto } from '@phoenix/crypto';
import type { ProfileStore } from '../ports/profile-store.js';
import type { RegistrationStore } from '../ports/registration-store.js';
import { anIssuedCredential, aNewUser } from './sample-accounts.js';

const crypto = nodeCrypto();

/** A ProfileStore and the RegistrationStore that makes its users. */
export interface ProfileStores {
  readonly profiles: ProfileStore;
  readonly registration: RegistrationStore;
}

/** What every ProfileStore must hold to; `make` answers empty stores. Run it in a `describe` of the adapter's spec. */
export function profileStoreConformance(make: () => Promise<ProfileStores>): void {
  const key = (): Uint8Array => crypto.random.bytes(16);
  const profile = (): Uint8Array => crypto.random.bytes(600);

  async function begin() {
    const { profiles, registration } = await make();
    const user = aNewUser(crypto);
    await registration.register(user, () => Promise.resolve(anIssuedCredential(crypto)));
    const id = user.client.user.uuid;
    return { profiles, id, put: (keyId: Uint8Array, bytes = profile()) => profiles.put(id, keyId, bytes) };
  }

  it('has no profile of a user that published none, nor of nobody', async () => {
    const { profiles, id } = await begin();
    expect(await profiles.read(id, key())).toBeUndefined();
    expect(await profiles.read(crypto.random.uuid(), key())).toBeUndefined();
    expect(await profiles.put(crypto.random.uuid(), key(), profile())).toBe(false);
  });

  it('keeps the last two, each under its key', async () => {
    const { profiles, id, put } = await begin();
    const keys = [key(), key(), key()];
    const bytes = [profile(), profile(), profile()];
    for (const [i, keyId] of keys.entries()) expect(await put(keyId, bytes[i])).toBe(true);
    const read = await Promise.all(keys.map((keyId) => profiles.read(id, keyId)));
    expect(read).toEqual([undefined, bytes[1], bytes[2]]);
  });

  it('replaces what is under the newest key and leaves the one before it', async () => {
    const { profiles, id, put } = await begin();
    const [one, two] = [key(), key()];
    const [first, second, again] = [profile(), profile(), profile()];
    await put(one, first);
    await put(two, second);
    await put(two, again);
    expect(await profiles.read(id, one)).toEqual(first);
    expect(await profiles.read(id, two)).toEqual(again);
  });

  it('never shows two profiles under one key, even when an older one comes back', async () => {
    const { profiles, id, put } = await begin();
    const [one, two] = [key(), key()];
    const latest = profile();
    await put(one);
    await put(two);
    await put(one, latest);
    expect(await profiles.read(id, one)).toEqual(latest);
    expect(await profiles.read(id, two)).toBeDefined();
  });

  it('is whole for whoever reads while it is replaced', async () => {
    const { profiles, id, put } = await begin();
    const keys = Array.from({ length: 12 }, key);
    await put(keys[0]!);
    for (let i = 1; i < keys.length; i++) {
      const [, before, after] = await Promise.all([
        put(keys[i]!),
        profiles.read(id, keys[i - 1]!),
        profiles.read(id, keys[i]!),
      ]);
      expect(before).toHaveLength(600);
      if (after !== undefined) expect(after).toHaveLength(600);
    }
  });
}
