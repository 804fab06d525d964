import type { Clock, KeyVault, PhoenixCrypto } from '@phoenix/crypto';
import { Authority } from '../domain/authority.js';
import type { RotateCredentials } from './rotate-credentials.js';

/** How long another process's rotation may go unnoticed; what it made signs a month later. */
const RELOADED_AFTER_MS = 10 * 60_000;

/** What the authority of the moment is made from. */
export interface AuthorityParts {
  readonly vault: KeyVault;
  readonly crypto: PhoenixCrypto;
  readonly clock: Clock;
  readonly domain: string;
}

/**
 * The authority as it is now: rotated when that is due, and read anew every ten minutes, so that keys that any process
 * of this AS made are everybody's without a restart.
 */
export class CurrentAuthority {
  private loaded: { readonly authority: Authority; readonly atMs: number } | undefined;
  private loading: Promise<Authority> | undefined;

  constructor(
    private readonly rotation: Pick<RotateCredentials, 'execute'>,
    private readonly parts: AuthorityParts,
  ) {}

  /** @throws Error where the stored roots name another domain than this AS serves. */
  async get(): Promise<Authority> {
    const now = this.parts.clock.now();
    const { loaded } = this;
    if (loaded !== undefined && now < loaded.atMs + RELOADED_AFTER_MS && loaded.authority.canSign(now))
      return loaded.authority;
    this.loading ??= this.load(now).finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async load(atMs: number): Promise<Authority> {
    const { vault, crypto, domain } = this.parts;
    const authority = new Authority(vault, crypto, domain, await this.rotation.execute());
    this.loaded = { authority, atMs };
    return authority;
  }
}
