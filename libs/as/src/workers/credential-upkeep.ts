import type { Clock } from '@phoenix/crypto';
import type { ScheduledJob } from '@phoenix/jobs';
import { monthNumber } from '@phoenix/wire';
import type { AccountStore } from '../ports/account-store.js';
import type { RotateCredentials } from '../service/rotate-credentials.js';

/**
 * Rotates what is due and forgets revocations that have run out. An AS that is asked for anything rotates by itself; this is
 * for one that nobody asks.
 */
export class CredentialUpkeep implements ScheduledJob {
  readonly name = 'credential-upkeep';
  /** In the small hours of every Monday, UTC: a successor is to be published a month before it signs. */
  readonly pattern = '10 3 * * 1';

  constructor(
    private readonly rotation: RotateCredentials,
    private readonly accounts: AccountStore,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    await this.rotation.execute();
    await this.accounts.forget(monthNumber(this.clock.now()));
  }
}
