import { nodeCrypto } from '@phoenix/crypto';
import type { AuthorityKeys, IssuerChanges, StoredIssuer } from '../domain/issuer.js';
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

  describe('rotating', () => {
    const none: IssuerChanges = { added: [], retired: [], forgotten: [] };
    const named = ({ credential }: StoredIssuer): Uint8Array => crypto.sha256(credential);
    const intermediate = (): StoredIssuer => someKeys().issuers[1]!;

    it('decides on what is stored, and answers and keeps what comes of it', async () => {
      const store = await make();
      const keys = someKeys();
      await store.establish(keys);
      const added = intermediate();
      const [root, old] = keys.issuers as [StoredIssuer, StoredIssuer];
      const seen: StoredIssuer[] = [];
      const after = await store.rotate(async (issuers) => {
        seen.push(...issuers);
        return { added: [added], retired: [named(root)], forgotten: [named(old)] };
      });
      expect(sorted({ ...keys, issuers: seen })).toEqual(keys);
      const expected = { ...keys, issuers: [{ ...root, wrappedKey: new Uint8Array(0) }, added] };
      expect(sorted({ ...keys, issuers: after })).toEqual(expected);
      expect(sorted(await store.load())).toEqual(expected);
    });

    it('changes nothing when the decision fails', async () => {
      const store = await make();
      const keys = someKeys();
      await store.establish(keys);
      await expect(store.rotate(() => Promise.reject(new Error('no vault')))).rejects.toThrow();
      expect(sorted(await store.load())).toEqual(keys);
    });

    it('lets many decide one after another, each on what the last has left', async () => {
      const store = await make();
      await store.establish(someKeys());
      await Promise.all(
        Array.from({ length: 10 }, () =>
          store.rotate(async (issuers) => (issuers.length > 2 ? none : { ...none, added: [intermediate()] })),
        ),
      );
      expect((await store.load())!.issuers).toHaveLength(3);
    });
  });

  it('keeps the first OPAQUE set-up, whoever asks', async () => {
    const store = await make();
    expect(await store.opaqueSetup()).toBeUndefined();
    const setups = Array.from({ length: 5 }, () => crypto.random.bytes(150));
    const answers = await Promise.all(setups.map((setup) => store.establishOpaqueSetup(setup)));
    const kept = await store.opaqueSetup();
    expect(setups).toContainEqual(kept);
    for (const answer of answers) expect(answer).toEqual(kept);
  });
}
