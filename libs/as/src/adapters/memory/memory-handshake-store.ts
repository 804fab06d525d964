import { type Clock, type PhoenixCrypto, wipe } from '@phoenix/crypto';
import { equal, utf8 } from '@phoenix/wire';
import { HANDSHAKE_LIFETIME_MS, HANDSHAKES_AN_HOUR, HandshakeStore } from '../../ports/handshake-store.js';

const HOUR_MS = 3_600_000;

interface Entry {
  state: Uint8Array | undefined;
  settled: Uint8Array | undefined;
  /** When state and settled request are void. */
  expiresAt: number;
  begun: number;
  countedUntil: number;
}

/**
 * Hand-shakes in the memory of one process, by HMAC under a key drawn at boot. Only clients of ours get an entry, one each,
 * and it is gone after an hour.
 */
export class MemoryHandshakeStore extends HandshakeStore {
  readonly #key: Uint8Array;
  readonly #entries = new Map<string, Entry>();

  constructor(
    private readonly crypto: PhoenixCrypto,
    private readonly clock: Clock,
  ) {
    super();
    this.#key = crypto.random.bytes(32);
  }

  override async begin(client: string, state: Uint8Array): Promise<boolean> {
    const now = this.clock.now();
    this.#sweep(now);
    const name = this.#nameOf(client);
    const entry = this.#entries.get(name) ?? fresh(now);
    if (entry.begun >= HANDSHAKES_AN_HOUR) return false;
    wipe(...(entry.state ? [entry.state] : []));
    const begun = { begun: entry.begun + 1, expiresAt: now + HANDSHAKE_LIFETIME_MS };
    this.#entries.set(name, { ...entry, ...begun, state: state.slice(), settled: undefined });
    return true;
  }

  override async take(client: string): Promise<Uint8Array | undefined> {
    const entry = this.#current(client);
    const state = entry?.state;
    if (entry !== undefined) entry.state = undefined;
    return state;
  }

  override async settle(client: string, requestDigest: Uint8Array): Promise<void> {
    const entry = this.#current(client);
    if (entry === undefined) return;
    entry.settled = requestDigest.slice();
    // Who knew the password may begin anew.
    entry.begun = 0;
  }

  override async isSettled(client: string, requestDigest: Uint8Array): Promise<boolean> {
    const settled = this.#current(client)?.settled;
    return settled !== undefined && equal(settled, requestDigest);
  }

  #current(client: string): Entry | undefined {
    const entry = this.#entries.get(this.#nameOf(client));
    return entry !== undefined && this.clock.now() < entry.expiresAt ? entry : undefined;
  }

  #nameOf(client: string): string {
    return Buffer.from(this.crypto.hash.hmac(this.#key, utf8(client))).toString('base64');
  }

  /** Entries are in the order in which their hours end. */
  #sweep(now: number): void {
    for (const [name, { countedUntil, expiresAt, state }] of this.#entries) {
      if (Math.max(countedUntil, expiresAt) > now) return;
      wipe(...(state ? [state] : []));
      this.#entries.delete(name);
    }
  }
}

function fresh(now: number): Entry {
  return { state: undefined, settled: undefined, expiresAt: 0, begun: 0, countedUntil: now + HOUR_MS };
}
