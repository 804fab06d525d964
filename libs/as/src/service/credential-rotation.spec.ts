import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import {
  asCredential,
  asIntermediateCredential,
  type ClientCredential,
  clientCredential,
  decode,
  type ExpirationData,
  isCurrent,
  liesWithin,
  startOfMonth,
} from '@phoenix/wire';
import { isSettled, planRotation } from '../domain/rotation.js';
import { memoryAs, type MemoryAs } from '../testing/memory-as.js';
import { registeredUser } from '../testing/test-account.js';
import { CurrentAuthority } from './current-authority.js';

const crypto = nodeCrypto();
const BEGINNING = Date.UTC(2026, 4, 17, 12);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Verifies a credential under what the AS publishes at this moment: who signed it, and that validities nest. */
async function published(as: MemoryAs, encoded: Uint8Array): Promise<ClientCredential> {
  const { roots, intermediates } = await as.readCredentials.execute();
  const credential = decode(clientCredential, encoded);
  const ofHash = (list: readonly Uint8Array[], hash: Uint8Array) =>
    list.find((each) => hex(crypto.sha256(each)) === hex(hash));
  const intermediate = decode(asIntermediateCredential, ofHash(intermediates, credential.payload.signer)!);
  const root = decode(asCredential, ofHash(roots, intermediate.payload.signer)!);
  expect(liesWithin(credential.payload.expiration, intermediate.payload.expiration)).toBe(true);
  expect(liesWithin(intermediate.payload.expiration, root.payload.expiration)).toBe(true);
  return credential;
}

const validities = async (as: MemoryAs): Promise<ExpirationData[]> =>
  (await as.readCredentials.execute()).intermediates.map(
    (each) => decode(asIntermediateCredential, each).payload.expiration,
  );

describe('the credentials of an AS over time', () => {
  let clock: TestClock;
  let as: MemoryAs;
  const inMonths = (months: number): void => clock.advance(startOfMonth(clock.now(), months) - clock.now());

  beforeEach(async () => {
    clock = new TestClock(BEGINNING);
    as = await memoryAs(clock);
  });

  it('let it register users in every month of eight years, each under a published chain that runs', async () => {
    for (let month = 0; month < 96; month++) {
      const { credential } = await registeredUser(as);
      const { payload } = await published(as, credential);
      expect(isCurrent(payload.expiration, clock.now())).toBe(true);
      inMonths(1);
    }
  }, 60_000);

  it('let it register users after years of standstill', async () => {
    for (const years of [1, 3, 7]) {
      inMonths(12 * years);
      await published(as, (await registeredUser(as)).credential);
    }
  });

  it('let it register users when its clock was years ahead and was set right again', async () => {
    for (const years of [1, 5]) {
      inMonths(12 * years);
      await published(as, (await registeredUser(as)).credential);
      inMonths(-12 * years);
      await published(as, (await registeredUser(as)).credential);
    }
  });

  it('are published a month before they sign, so that whoever asks daily knows them', async () => {
    const known = new Set<string>();
    for (let month = 0; month < 70; month++) {
      const { signer } = decode(clientCredential, (await registeredUser(as)).credential).payload;
      if (month > 0) expect(known).toContain(hex(signer));
      for (const each of (await as.readCredentials.execute()).intermediates)
        known.add(hex(crypto.sha256(each)));
      inMonths(1);
    }
  }, 60_000);

  it('have a new root half a year before it signs', async () => {
    const seen = new Map<string, number>();
    for (let month = 0; month < 70; month++) {
      await as.authority.get();
      const { roots, intermediates } = await as.readCredentials.execute();
      for (const root of roots)
        seen.set(hex(crypto.sha256(root)), seen.get(hex(crypto.sha256(root))) ?? month);
      for (const each of intermediates) {
        const since = seen.get(hex(decode(asIntermediateCredential, each).payload.signer));
        const isNew = since !== undefined && since > 0;
        if (isNew) expect(month - since).toBeGreaterThanOrEqual(6);
      }
      inMonths(1);
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it('stay published for a year after their end, for the members that hang on them, and no longer', async () => {
    const [first] = await validities(as);
    const end = Number(first!.notAfter) * 1000;
    while (clock.now() < end) inMonths(1);
    expect(await validities(as)).toContainEqual(first);
    inMonths(11);
    expect(await validities(as)).toContainEqual(first);
    inMonths(2);
    expect(await validities(as)).not.toContainEqual(first);
  });

  it('have no key any more once they sign nothing', async () => {
    inMonths(8);
    await as.authority.get();
    const { issuers } = (await as.store.load())!;
    const keys = issuers
      .filter(({ kind }) => kind === 'intermediate')
      .map(({ wrappedKey }) => wrappedKey.length > 0);
    expect([...keys].sort()).toEqual([false, true]);
  });

  it('are rotated once by ten processes that find it due at the same moment', async () => {
    inMonths(9);
    const parts = { vault: undefined as never, crypto: as.crypto, clock, domain: 'example.com' };
    const processes = Array.from({ length: 10 }, () => new CurrentAuthority(as.rotation, parts));
    const authorities = await Promise.all(processes.map((each) => each.get()));
    const chains = authorities.map(({ intermediates }) => intermediates.map(hex).sort().join());
    expect(new Set(chains).size).toBe(1);
    expect(authorities[0]!.intermediates).toHaveLength(2);
  });

  it('are left alone while nothing is due', async () => {
    const before = await as.readCredentials.execute();
    clock.advance(86_400_000);
    await as.rotation.execute();
    expect(await as.readCredentials.execute()).toEqual(before);
    expect(isSettled(planRotation((await as.store.load())!.issuers, clock.now()))).toBe(true);
  });

  it('are taken from another process within ten minutes, without a restart', async () => {
    const parts = { vault: undefined as never, crypto: as.crypto, clock, domain: 'example.com' };
    const other = new CurrentAuthority(as.rotation, parts);
    await other.get();
    const added = (await memoryAs(clock)).store;
    const foreign = (await added.load())!.issuers.filter(({ kind }) => kind === 'intermediate');
    await as.store.rotate(async () => ({ added: foreign, retired: [], forgotten: [] }));
    expect((await other.get()).intermediates).toHaveLength(1);
    clock.advance(10 * 60_000);
    expect((await other.get()).intermediates).toHaveLength(2);
  });
});
