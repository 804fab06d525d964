import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { nonceStoreConformance } from '../testing/nonce-store.conformance.js';
import { MemoryNonceStore } from './memory-nonce-store.js';
import type { NonceUse } from './nonce-store.js';

const crypto = nodeCrypto();
const START_MS = 1_800_000_000_000;
const WINDOW_MS = 300_000;

/** A store of this capacity that began a window before START_MS. */
function storeOf(capacity: number): { store: MemoryNonceStore; clock: TestClock } {
  const clock = new TestClock(START_MS - WINDOW_MS);
  const store = new MemoryNonceStore({ crypto, clock, windowMs: WINDOW_MS, capacity });
  clock.advance(WINDOW_MS);
  return { store, clock };
}

function someUse(createdMs = START_MS): NonceUse {
  const { random } = crypto;
  return { publicKey: random.bytes(32), scope: '', nonce: random.bytes(16), createdMs };
}

describe('the nonce store in memory', () => {
  nonceStoreConformance(async (world) => new MemoryNonceStore({ crypto, ...world }));

  it('takes nothing from before it began, and says when to come back', async () => {
    const clock = new TestClock(START_MS + 900);
    const store = new MemoryNonceStore({ crypto, clock, windowMs: WINDOW_MS });
    expect(await store.take(someUse(START_MS - 2_000))).toMatchObject({
      ok: false,
      refusal: { code: 'UNAVAILABLE', retryAfterMs: 2_000 },
    });
    expect((await store.take(someUse(START_MS))).ok).toBe(true);
  });

  it('forgets what could not pass as fresh any more', async () => {
    const { store, clock } = storeOf(1);
    expect((await store.take(someUse())).ok).toBe(true);
    clock.advance(2 * WINDOW_MS);
    expect((await store.take(someUse(clock.now()))).ok).toBe(true);
  });

  it('lets nothing in again that it has forgotten when the clock is set back', async () => {
    const { store, clock } = storeOf(10);
    const use = someUse();
    expect((await store.take(use)).ok).toBe(true);
    clock.advance(2 * WINDOW_MS);
    expect((await store.take(someUse(clock.now()))).ok).toBe(true);
    clock.advance(-2 * WINDOW_MS);
    expect(await store.take(use)).toMatchObject({ refusal: { code: 'UNAVAILABLE' } });
  });

  it('refuses when it is full, says for how long, and forgets nothing meanwhile', async () => {
    const { store, clock } = storeOf(2);
    const first = someUse();
    await store.take(first);
    await store.take(someUse());
    const refused = await store.take(someUse());
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'UNAVAILABLE' } });
    expect(await store.take(first)).toMatchObject({ refusal: { code: 'REQUEST_REPLAYED' } });
    const { retryAfterMs = 0 } = refused.ok ? {} : refused.refusal;
    expect(retryAfterMs).toBeGreaterThan(0);
    clock.advance(retryAfterMs);
    expect((await store.take(someUse(clock.now()))).ok).toBe(true);
  });
});
