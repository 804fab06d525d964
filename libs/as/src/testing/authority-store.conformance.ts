import { nodeCrypto } from '@phoenix/crypto';
import type { AuthorityKeys } from '../domain/issuer.js';
import type { AuthorityStore } from '../ports/authority-store.js';

const crypto = nodeCrypto();

function someKeys(): AuthorityKeys {
  return {
    issuers: [
      { kind: 'root', credential: crypto.random.bytes(150), wrappedKey: crypto.random.bytes(60) },
      { kind: 'intermediate', credential: crypto.random.bytes(180), wrappedKey: crypto.random.bytes(60) },
    ],
    ticketKey: crypto.random.bytes(60),
  };
}

const sorted = (keys: AuthorityKeys | undefined): AuthorityKeys | undefined =>
  keys && { ...keys, issuers: [...keys.issuers].sort((a, b) => b.kind.localeCompare(a.kind)) };

/** What every AuthorityStore must hold to; `make` answers an empty one. Run it in a `describe` of the adapter's spec. */
export function authorityStoreConformance(make: () => Promise<AuthorityStore>): void {
  it('has nothing before the first boot', async () => {
    expect(await (await make()).load()).toBeUndefined();
  });

  it('gives back to the byte what was established', async () => {
    const store = await make();
    const keys = someKeys();
    expect(sorted(await store.establish(keys))).toEqual(keys);
    expect(sorted(await store.load())).toEqual(keys);
  });

  it('answers a later attempt with the keys it has', async () => {
    const store = await make();
    const keys = someKeys();
    await store.establish(keys);
    expect(sorted(await store.establish(someKeys()))).toEqual(keys);
  });

  it('lets one of many concurrent attempts win and tells all of them which', async () => {
    const store = await make();
    const attempts = Array.from({ length: 10 }, someKeys);
    const answers = await Promise.all(attempts.map((keys) => store.establish(keys)));
    const winner = sorted(await store.load());
    expect(attempts).toContainEqual(winner);
    for (const answer of answers) expect(sorted(answer)).toEqual(winner);
  });
}
