import fc from 'fast-check';
import { nodeCrypto } from '@phoenix/crypto';
import { NonceStore } from './nonce-store.js';

const { hash } = nodeCrypto();
const WINDOW_MS = 300_000;
const START_MS = 1_800_000_000_000;

const OPTIONS = {
  hash,
  bootKey: new Uint8Array(32),
  windowMs: WINDOW_MS,
  startedMs: START_MS - WINDOW_MS,
};

function storeOf(capacity: number): NonceStore {
  return new NonceStore({ ...OPTIONS, capacity });
}

describe('the nonce store', () => {
  it('takes a tag once for as long as its request is fresh, whatever else happens', () => {
    const use = fc.record({
      tag: fc.constantFrom('a', 'b', 'c'),
      passMs: fc.integer({ min: 0, max: WINDOW_MS }),
      offMs: fc.integer({ min: -WINDOW_MS, max: WINDOW_MS }),
    });
    fc.assert(
      fc.property(fc.array(use, { maxLength: 60 }), (uses) => {
        const store = storeOf(1_000);
        const freshUntil = new Map<string, number>();
        let now = START_MS;
        for (const { tag, passMs, offMs } of uses) {
          now += passMs;
          const createdMs = now + offMs;
          const taken = store.take(tag, createdMs, now);
          if ((freshUntil.get(tag) ?? 0) >= now) expect(taken.ok).toBe(false);
          if (taken.ok) freshUntil.set(tag, createdMs + WINDOW_MS);
        }
      }),
    );
  });

  it('takes nothing from before it began, and says when to come back', () => {
    const store = new NonceStore({ ...OPTIONS, startedMs: START_MS + 900, capacity: 10 });
    expect(store.take('a', START_MS - 2_000, START_MS + 900)).toMatchObject({
      ok: false,
      refusal: { code: 'UNAVAILABLE', retryAfterMs: 2_000 },
    });
    expect(store.take('a', START_MS, START_MS + 900).ok).toBe(true);
  });

  it('forgets what could not pass as fresh any more', () => {
    const store = storeOf(1);
    expect(store.take('a', START_MS, START_MS).ok).toBe(true);
    expect(store.take('b', START_MS + 2 * WINDOW_MS, START_MS + 2 * WINDOW_MS).ok).toBe(true);
  });

  it('refuses when it is full, says for how long, and forgets nothing meanwhile', () => {
    const store = storeOf(2);
    store.take('a', START_MS, START_MS);
    store.take('b', START_MS, START_MS);
    const refused = store.take('c', START_MS, START_MS);
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'UNAVAILABLE' } });
    expect(store.take('a', START_MS, START_MS)).toMatchObject({ refusal: { code: 'REQUEST_REPLAYED' } });
    const { retryAfterMs = 0 } = refused.ok ? {} : refused.refusal;
    const later = START_MS + retryAfterMs;
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(store.take('c', later, later).ok).toBe(true);
  });

  it('tells keys, scopes and nonces apart, and says nothing without the boot key', () => {
    const store = storeOf(1);
    const other = new NonceStore({ ...OPTIONS, bootKey: new Uint8Array(32).fill(1), capacity: 1 });
    const [a, b] = [new Uint8Array(32), new Uint8Array(32).fill(1)];
    const [m, n] = [new Uint8Array(16), new Uint8Array(16).fill(1)];
    const tags = [
      store.tagOf(a, '', m),
      store.tagOf(b, '', m),
      store.tagOf(a, 'g', m),
      store.tagOf(a, '', n),
    ];
    expect(new Set([...tags, other.tagOf(a, '', m)]).size).toBe(5);
    expect(store.tagOf(a, '', m)).toBe(tags[0]);
  });
});
