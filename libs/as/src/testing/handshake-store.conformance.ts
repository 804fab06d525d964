import type { Clock } from '@phoenix/crypto';
import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { HANDSHAKE_LIFETIME_MS, HANDSHAKES_AN_HOUR, type HandshakeStore } from '../ports/handshake-store.js';

const crypto = nodeCrypto();
const someState = (): Uint8Array => crypto.random.bytes(128);
const someDigest = (): Uint8Array => crypto.random.bytes(32);

/** What every HandshakeStore must hold to; `make` answers an empty one. Run it in a `describe` of the adapter's spec. */
export function handshakeStoreConformance(make: (clock: Clock) => Promise<HandshakeStore>): void {
  let clock: TestClock;
  let store: HandshakeStore;

  beforeEach(async () => {
    clock = new TestClock(Date.UTC(2026, 4, 17, 12));
    store = await make(clock);
  });

  it('gives a hand-shake back once, to its client alone', async () => {
    const state = someState();
    expect(await store.begin('alice', state)).toBe(true);
    expect(await store.take('bob')).toBeUndefined();
    expect(await store.take('alice')).toEqual(state);
    expect(await store.take('alice')).toBeUndefined();
  });

  it('keeps a client’s last hand-shake alone, and a copy of it', async () => {
    const [first, second] = [someState(), someState()];
    await store.begin('alice', first);
    await store.begin('alice', second);
    const kept = second.slice();
    second.fill(0);
    expect(await store.take('alice')).toEqual(kept);
  });

  it('gives one of many who ask at once the hand-shake', async () => {
    await store.begin('alice', someState());
    const taken = await Promise.all(Array.from({ length: 20 }, () => store.take('alice')));
    expect(taken.filter((state) => state !== undefined)).toHaveLength(1);
  });

  it('forgets a hand-shake after five minutes', async () => {
    await store.begin('alice', someState());
    clock.advance(HANDSHAKE_LIFETIME_MS - 1);
    await store.begin('bob', someState());
    clock.advance(1);
    expect(await store.take('alice')).toBeUndefined();
    expect(await store.take('bob')).toBeDefined();
  });

  it('allows a client so many an hour, whatever others do', async () => {
    for (let i = 0; i < HANDSHAKES_AN_HOUR; i++) expect(await store.begin('alice', someState())).toBe(true);
    const last = await store.take('alice');
    expect(await store.begin('alice', someState())).toBe(false);
    expect(last).toBeDefined();
    expect(await store.begin('bob', someState())).toBe(true);
    clock.advance(3_600_000);
    expect(await store.begin('alice', someState())).toBe(true);
  });

  it('loses no hand-shake that was begun at the end of its client’s hour', async () => {
    await store.begin('alice', someState());
    clock.advance(3_600_000 - 1);
    await store.begin('alice', someState());
    clock.advance(1);
    await store.begin('bob', someState());
    expect(await store.take('alice')).toBeDefined();
  });

  it('remembers which request had its effect until its hand-shake would have expired', async () => {
    const digest = someDigest();
    await store.begin('alice', someState());
    await store.take('alice');
    expect(await store.isSettled('alice', digest)).toBe(false);
    await store.settle('alice', digest);
    expect(await store.isSettled('alice', digest)).toBe(true);
    expect(await store.isSettled('alice', someDigest())).toBe(false);
    expect(await store.isSettled('bob', digest)).toBe(false);
    clock.advance(HANDSHAKE_LIFETIME_MS);
    expect(await store.isSettled('alice', digest)).toBe(false);
  });

  it('takes a new hand-shake for a new request', async () => {
    const digest = someDigest();
    await store.begin('alice', someState());
    await store.settle('alice', digest);
    await store.begin('alice', someState());
    expect(await store.isSettled('alice', digest)).toBe(false);
  });
}
