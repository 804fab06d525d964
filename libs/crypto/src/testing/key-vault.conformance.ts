import type { KeyVault } from '../ports/key-vault.js';
import { nodeCrypto } from '../node/node-crypto.js';
import { VaultError } from '../ports/key-vault.js';

/** What every KeyVault must hold to; run it in a `describe` of the adapter's spec. */
export function keyVaultConformance(make: () => Promise<KeyVault>): void {
  const crypto = nodeCrypto();
  const message = crypto.random.bytes(100);

  it('unwraps what it wrapped, for the same purpose alone', async () => {
    const vault = await make();
    const key = crypto.random.bytes(32);
    const wrapped = await vault.wrap('as.credential', key);
    expect(Buffer.from(wrapped).includes(Buffer.from(key))).toBe(false);
    expect(new Uint8Array(await vault.unwrap('as.credential', wrapped))).toEqual(key);
    await expect(vault.unwrap('as.intermediate', wrapped)).rejects.toThrow(VaultError);
  });

  it('refuses a wrapped key that was damaged', async () => {
    const vault = await make();
    const wrapped = await vault.wrap('ds.ticket', crypto.random.bytes(32));
    wrapped[wrapped.length - 1] = (wrapped.at(-1) as number) ^ 1;
    await expect(vault.unwrap('ds.ticket', wrapped)).rejects.toThrow(VaultError);
  });

  it('signs with a key that never leaves it in the clear', async () => {
    const vault = await make();
    const { publicKey, wrapped } = await vault.generateSigningKey('ds.signing');
    const signature = await vault.sign('ds.signing', wrapped, message);
    expect(crypto.signer.verify(publicKey, message, signature)).toBe(true);
    await expect(vault.sign('qs.signing', wrapped, message)).rejects.toThrow(VaultError);
  });

  it('keeps store keys newest first and forgets the destroyed', async () => {
    const vault = await make();
    expect(await vault.storeKeys('qs.ratchet')).toEqual([]);
    const first = await vault.addStoreKey('qs.ratchet');
    const second = await vault.addStoreKey('qs.ratchet');
    expect(await vault.storeKeys('qs.ratchet')).toEqual([second, first]);
    await vault.destroyStoreKey('qs.ratchet', first.id);
    await vault.destroyStoreKey('qs.ratchet', first.id);
    expect(await vault.storeKeys('qs.ratchet')).toEqual([second]);
    expect(await vault.storeKeys('other')).toEqual([]);
  });

  it('makes one key each for callers who ask at the same time', async () => {
    const vault = await make();
    const added = await Promise.all(Array.from({ length: 8 }, () => vault.addStoreKey('qs.ratchet')));
    expect(new Set(added.map(({ id }) => id)).size).toBe(8);
    expect(await vault.storeKeys('qs.ratchet')).toHaveLength(8);
  });
}
