import type { ScheduledJob } from '@phoenix/jobs';
import type { KeyOrderStore } from '../ports/key-order-store.js';

/**
 * Rewrites aliases every night: the ids of the transactions that made an alias and a user lie close together where one person
 * made both, for as long as either row is the one that was written then (docs/adr/0011). Aliases are few bytes.
 */
export class AliasOrder implements ScheduledJob {
  readonly name = 'alias-order';
  readonly pattern = '50 3 * * *';

  constructor(private readonly keyOrder: KeyOrderStore) {}

  run(): Promise<void> {
    return this.keyOrder.rewriteAliases();
  }
}
