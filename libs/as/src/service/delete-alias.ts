import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { AliasStore } from '../ports/alias-store.js';
import { AuthenticateAlias } from './authenticate-alias.js';

/**
 * Releases an alias: packages, queue and offers go with it, and who registers it next finds nothing of them. Asked again, after
 * an answer that was lost, it refuses with NOT_FOUND.
 */
@Injectable()
export class DeleteAlias {
  constructor(
    private readonly aliases: AuthenticateAlias,
    private readonly store: AliasStore,
  ) {}

  async execute(request: SignedRequest, alias: string): Promise<Outcome<void>> {
    const authentic = await this.aliases.execute(request, alias);
    if (!authentic.ok) return authentic;
    return (await this.store.release(alias, authentic.value.authKey)) ? done() : refuse('NOT_FOUND');
  }
}
