import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { done, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import { lastAliasMonth } from '../domain/alias.js';
import { AliasStore } from '../ports/alias-store.js';
import { AuthenticateAlias } from './authenticate-alias.js';

/** Keeps an alias for six whole months from now. */
@Injectable()
export class RefreshAlias {
  constructor(
    private readonly aliases: AuthenticateAlias,
    private readonly store: AliasStore,
    private readonly clock: Clock,
  ) {}

  async execute(request: SignedRequest, alias: string): Promise<Outcome<void>> {
    const authentic = await this.aliases.execute(request, alias);
    if (!authentic.ok) return authentic;
    const lastMonth = lastAliasMonth(monthNumber(this.clock.now()));
    const isOurs = await this.store.refresh(alias, authentic.value.authKey, lastMonth);
    return isOurs ? done() : refuse('NOT_FOUND');
  }
}
