import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import { monthNumber } from '@phoenix/wire';
import { AccountStore } from '../ports/account-store.js';
import { CurrentAuthority } from './current-authority.js';

/** What a client needs to verify credentials of this home domain; encoded credentials and SHA-256 fingerprints. */
export interface PublishedCredentials {
  readonly roots: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  readonly revoked: readonly Uint8Array[];
}

/** Publishes the chain above client credentials, and what was revoked before it ran out. */
@Injectable()
export class ReadCredentials {
  constructor(
    private readonly authority: CurrentAuthority,
    private readonly accounts: AccountStore,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<PublishedCredentials> {
    const { roots, intermediates } = await this.authority.get();
    return { roots, intermediates, revoked: await this.accounts.revoked(monthNumber(this.clock.now())) };
  }
}
