import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import { monthNumber } from '@phoenix/wire';
import { AliasStore } from '../ports/alias-store.js';
import { ConnectionStore } from '../ports/connection-store.js';
import { IdleLimits } from './idle-limits.js';

/**
 * Lets go, by month, of users whose clients have stayed away, of aliases that were not refreshed and of packages that have
 * ended (docs/protocol §9). Safe to run at any time, beside itself and beside those who come back.
 */
@Injectable()
export class ExpireIdle {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly aliases: AliasStore,
    private readonly limits: IdleLimits,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const month = monthNumber(this.clock.now());
    await this.connections.expire(month - this.limits.clientMonths, month);
    await this.aliases.expire(month);
  }
}
