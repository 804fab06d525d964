import type { Clock, PhoenixCrypto } from '@phoenix/crypto';
import { done, type Outcome } from '@phoenix/wire';
import { asCredentials } from '../services/as-operations.js';
import type { Service } from '../services/service.js';
import { type AsDirectories, verifyAsDirectory } from './as-directory.js';

const DAY_MS = 86_400_000;
const SPREAD_MS = 3_600_000;

/**
 * The verified directory of the home domain, fetched again after a day and a random part of an hour: revocations reach
 * every client, and clients do not ask in step (docs/protocol §3).
 */
export class DirectoryCache {
  #directories: AsDirectories = new Map();
  #staleAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly crypto: PhoenixCrypto,
    private readonly clock: Clock,
    private readonly domain: string,
    private readonly as: Service,
  ) {}

  /** The directories by domain. An old one is better than none while the AS cannot be reached. */
  async current(): Promise<Outcome<AsDirectories>> {
    if (this.clock.now() < this.#staleAt) return done(this.#directories);
    const refreshed = await this.refresh();
    return refreshed.ok || this.#directories.size === 0 ? refreshed : done(this.#directories);
  }

  /** The directories as they are now. */
  async refresh(): Promise<Outcome<AsDirectories>> {
    const listed = await this.as.call(asCredentials);
    if (!listed.ok) return listed;
    const verified = verifyAsDirectory(this.crypto, this.domain, listed.value);
    if (!verified.ok) return verified;
    this.#directories = new Map([[this.domain, verified.value]]);
    this.#staleAt = this.clock.now() + DAY_MS + this.#spread();
    return done(this.#directories);
  }

  #spread(): number {
    const [high = 0, low = 0] = this.crypto.random.bytes(2);
    return ((high * 0x100 + low) / 0x10000) * SPREAD_MS;
  }
}
