import { Injectable } from '@nestjs/common';
import { Clock, PhoenixCrypto } from '@phoenix/crypto';
import { done, isAlias, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import { aliasQueueId } from '../domain/alias.js';
import { type AliasRecord, AliasStore } from '../ports/alias-store.js';

/** An alias that is there now. */
export interface FoundAlias extends AliasRecord {
  /** 16 bytes. */
  readonly queueId: Uint8Array;
}

/** Looks an alias up; one that has run out is not there, whether or not it was cleared away yet. */
@Injectable()
export class FindAlias {
  constructor(
    private readonly store: AliasStore,
    private readonly crypto: PhoenixCrypto,
    private readonly clock: Clock,
  ) {}

  /** Refuses with BAD_REQUEST for what is no alias, NOT_FOUND for one that is not there. */
  async execute(alias: string): Promise<Outcome<FoundAlias>> {
    if (!isAlias(alias)) return refuse('BAD_REQUEST');
    const found = await this.store.find(alias, monthNumber(this.clock.now()));
    if (found === undefined) return refuse('NOT_FOUND');
    return done({ ...found, queueId: aliasQueueId(this.crypto, alias) });
  }
}
