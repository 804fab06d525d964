import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { type Outcome, utf8 } from '@phoenix/wire';
import fc from 'fast-check';
import type { NonceStore, NonceUse } from '../signature/nonce-store.js';

/** What a store under test is made for. */
export interface NonceWorld {
  readonly clock: TestClock;
  /** How far `created` may be off, in milliseconds. */
  readonly windowMs: number;
}

const START_MS = 1_800_000_000_000;
const WINDOW_MS = 300_000;
const { random } = nodeCrypto();

const codeOf = (outcome: Outcome<void>): string => (outcome.ok ? 'taken' : outcome.refusal.code);

function someUse(createdMs: number): NonceUse {
  return { publicKey: random.bytes(32), scope: '', nonce: random.bytes(16), createdMs };
}

/** What every NonceStore must hold to; `make` answers an empty one. Run it in a `describe` of the adapter's spec. */
export function nonceStoreConformance(make: (world: NonceWorld) => Promise<NonceStore>): void {
  /** A store that has been there for a window, so that it knows of all requests that are fresh. */
  async function inService(): Promise<{ store: NonceStore; clock: TestClock }> {
    const clock = new TestClock(START_MS - WINDOW_MS);
    const store = await make({ clock, windowMs: WINDOW_MS });
    clock.advance(WINDOW_MS);
    return { store, clock };
  }

  it('takes a use once', async () => {
    const { store } = await inService();
    const use = someUse(START_MS);
    expect(codeOf(await store.take(use))).toBe('taken');
    expect(codeOf(await store.take(use))).toBe('REQUEST_REPLAYED');
    expect(codeOf(await store.take({ ...use, createdMs: START_MS + 1_000 }))).toBe('REQUEST_REPLAYED');
  });

  it('tells keys, scopes and nonces apart', async () => {
    const { store } = await inService();
    const use = { ...someUse(START_MS), scope: 'one group' };
    const others = [
      { ...use, publicKey: random.bytes(32) },
      { ...use, scope: 'another group' },
      { ...use, scope: '' },
      { ...use, nonce: random.bytes(16) },
    ];
    for (const each of [use, ...others]) expect(codeOf(await store.take(each))).toBe('taken');
    for (const each of [use, ...others]) expect(codeOf(await store.take(each))).toBe('REQUEST_REPLAYED');
  });

  it('lets one of many concurrent attempts have a nonce', async () => {
    const { store } = await inService();
    const use = someUse(START_MS);
    const attempts = await Promise.all(Array.from({ length: 20 }, () => store.take(use)));
    expect(attempts.map(codeOf).sort()).toEqual([
      ...Array.from({ length: 19 }, () => 'REQUEST_REPLAYED'),
      'taken',
    ]);
  });

  it('remembers a use for as long as its request is fresh, whatever else happens', async () => {
    const step = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      passMs: fc.integer({ min: -WINDOW_MS / 10, max: WINDOW_MS }),
      offMs: fc.integer({ min: -WINDOW_MS, max: WINDOW_MS }),
    });
    const publicKey = random.bytes(32);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { store, clock } = await inService();
        const takenAt = new Map<string, number>();
        for (const { name, passMs, offMs } of steps) {
          clock.advance(passMs);
          // A recorded request says what it said before; only one that has gone stale is made anew.
          const recorded = takenAt.get(name);
          const isFresh = recorded !== undefined && Math.abs(clock.now() - recorded) <= WINDOW_MS;
          const createdMs = isFresh ? recorded : clock.now() + offMs;
          const nonce = utf8(name.padEnd(16));
          const taken = await store.take({ publicKey, scope: '', nonce, createdMs });
          if (isFresh) expect(taken.ok).toBe(false);
          if (taken.ok) takenAt.set(name, createdMs);
        }
      }),
      { numRuns: 50 },
    );
  });
}
