import { nodeCrypto } from '@phoenix/crypto';
import { sampleQueue } from '@phoenix/queue/testing';
import type { StoredAddPackage } from '../ports/add-package-store.js';
import { sampleRecords } from './sample-records.js';
import type { QsStores } from './stores.js';

const crypto = nodeCrypto();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function packagesOf(oneTime: number, lastResorts: number): StoredAddPackage[] {
  return Array.from({ length: oneTime + lastResorts }, (_, i) => ({
    ref: crypto.random.bytes(32),
    lastResort: i >= oneTime,
    encoded: crypto.random.bytes(40),
  }));
}

/** What every AddPackageStore must hold to; run it in a `describe` of the adapter's spec, with a store key named. */
export function addPackageStoreConformance(make: () => Promise<QsStores>): void {
  let stores: QsStores;
  beforeAll(async () => {
    stores = await make();
  });

  const publisher = async (
    packages: readonly StoredAddPackage[],
  ): Promise<{ clientId: Uint8Array; hash: Uint8Array }> => {
    const records = sampleRecords();
    const { clientId } = records.client;
    await stores.records.create(records, (storeKeyId) => sampleQueue(clientId, storeKeyId));
    await stores.packages.replaceAll(clientId, packages);
    return { clientId, hash: records.user.friendshipHash };
  };
  const take = async (hash: Uint8Array): Promise<string[]> =>
    ((await stores.packages.takeOneEach(hash)) ?? []).map(hex);

  it('gives each one-time package once, and then the last resort again and again', async () => {
    const packages = packagesOf(3, 1);
    const { hash } = await publisher(packages);
    const taken: string[] = [];
    for (let i = 0; i < 6; i++) taken.push(...(await take(hash)));
    const encoded = packages.map((one) => hex(one.encoded));
    expect(new Set(taken.slice(0, 3))).toEqual(new Set(encoded.slice(0, 3)));
    expect(taken.slice(3)).toEqual([encoded[3], encoded[3], encoded[3]]);
  });

  it('knows no user by a hash that nobody has', async () => {
    expect(await stores.packages.takeOneEach(crypto.random.bytes(32))).toBeUndefined();
  });

  it('gives nothing of a client that has published nothing', async () => {
    const { hash } = await publisher([]);
    expect(await stores.packages.takeOneEach(hash)).toEqual([]);
  });

  it('replaces all packages at once', async () => {
    const { clientId, hash } = await publisher(packagesOf(5, 2));
    const next = packagesOf(1, 0);
    await stores.packages.replaceAll(clientId, next);
    expect(await take(hash)).toEqual(next.map((one) => hex(one.encoded)));
    expect(await take(hash)).toEqual([]);
  });

  it('keeps nothing for a client that does not exist', async () => {
    await expect(stores.packages.replaceAll(crypto.random.uuid(), packagesOf(1, 1))).resolves.toBeUndefined();
  });

  it('draws at random, so that the order in which packages go tells nothing', async () => {
    const firsts = new Set<number>();
    for (let i = 0; i < 40; i++) {
      const packages = packagesOf(4, 0);
      const { hash } = await publisher(packages);
      const [first] = await take(hash);
      firsts.add(packages.findIndex((one) => hex(one.encoded) === first));
    }
    expect(firsts.size).toBeGreaterThan(1);
  });

  it('never gives one one-time package to two of fifty takers', async () => {
    const packages = packagesOf(30, 1);
    const { hash } = await publisher(packages);
    const taken = (await Promise.all(Array.from({ length: 50 }, () => take(hash)))).flat();
    const lastResort = hex((packages.at(-1) as StoredAddPackage).encoded);
    const oneTime = taken.filter((encoded) => encoded !== lastResort);
    expect(taken).toHaveLength(50);
    expect(new Set(oneTime).size).toBe(oneTime.length);
    // Whoever came while others were just taking may have had the last resort; none is lost by it.
    while (oneTime.length < 30)
      oneTime.push(...(await take(hash)).filter((encoded) => encoded !== lastResort));
    expect(new Set(oneTime).size).toBe(30);
  });
}
