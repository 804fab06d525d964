import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import { done, isAlias, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import { AliasStore } from '../ports/alias-store.js';

/** Gives whoever asks one encoded ConnectionPackage of an alias. */
@Injectable()
export class TakeAliasPackage {
  constructor(
    private readonly store: AliasStore,
    private readonly clock: Clock,
  ) {}

  /** Refuses with NOT_FOUND for an alias that is not there or that nothing can be offered. */
  async execute(alias: string): Promise<Outcome<Uint8Array>> {
    if (!isAlias(alias)) return refuse('BAD_REQUEST');
    const taken = await this.store.takePackage(alias, monthNumber(this.clock.now()));
    return taken ? done(taken) : refuse('NOT_FOUND');
  }
}
