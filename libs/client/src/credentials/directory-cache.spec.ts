import { nodeCrypto } from '@phoenix/crypto';
import { SeededRandom, TestClock } from '@phoenix/crypto/testing';
import { done, formatBase64Url, type Outcome, refuse } from '@phoenix/wire';
import { Service } from '../services/service.js';
import { CredentialAuthority } from '../testing/credential-authority.js';
import { DirectoryCache } from './directory-cache.js';

const crypto = nodeCrypto(new SeededRandom('directories'));
const NOW = Date.UTC(2026, 4, 20, 12);
const HOUR = 3_600_000;
const authority = new CredentialAuthority(crypto, 'example.com', NOW);

function cache() {
  const clock = new TestClock(NOW);
  const as = { asked: 0, up: true, revoked: [] as Uint8Array[] };
  const send = (): Promise<Outcome<unknown>> => {
    as.asked++;
    const { roots, intermediates, revoked } = authority.listed(as.revoked);
    const text = (list: readonly Uint8Array[]) => list.map(formatBase64Url);
    const asCredentials = { roots: text(roots), intermediates: text(intermediates), revoked: text(revoked) };
    return Promise.resolve(as.up ? done({ asCredentials }) : refuse('UNAVAILABLE'));
  };
  const service = new Service({ send }, () => Promise.resolve());
  return { as, clock, directories: new DirectoryCache(crypto, clock, 'example.com', service) };
}

describe('the cached directory of the home domain', () => {
  it('is fetched once in a day, and again within the hour after', async () => {
    const { as, clock, directories } = cache();
    await directories.current();
    clock.advance(24 * HOUR - 1);
    await directories.current();
    expect(as.asked).toBe(1);
    clock.advance(HOUR + 1);
    await directories.current();
    expect(as.asked).toBe(2);
  });

  it('brings revocations with the next fetch', async () => {
    const { as, clock, directories } = cache();
    await directories.current();
    as.revoked = [crypto.random.bytes(32)];
    clock.advance(25 * HOUR);
    const current = await directories.current();
    expect(current.ok && current.value.get('example.com')!.revoked.size).toBe(1);
  });

  it('goes on with what it has while the AS cannot be reached, and refuses where it has nothing', async () => {
    const { as, clock, directories } = cache();
    as.up = false;
    expect(await directories.current()).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
    as.up = true;
    expect((await directories.current()).ok).toBe(true);
    as.up = false;
    clock.advance(48 * HOUR);
    expect((await directories.current()).ok).toBe(true);
  });
});
