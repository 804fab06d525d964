import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { AliasStore } from '../ports/alias-store.js';
import { AuthenticateAlias } from './authenticate-alias.js';
import { PublicationChecks } from './publication-checks.js';

export interface PublishAliasPackagesInput {
  readonly alias: string;
  /** Encoded ConnectionPackages. */
  readonly packages: readonly Uint8Array[];
}

/** Replaces all packages of an alias: bare ConnectionPackages, since a signature or a credential would say whose they are. */
@Injectable()
export class PublishAliasPackages {
  constructor(
    private readonly aliases: AuthenticateAlias,
    private readonly checks: PublicationChecks,
    private readonly store: AliasStore,
  ) {}

  async execute(
    request: SignedRequest,
    { alias, packages }: PublishAliasPackagesInput,
  ): Promise<Outcome<void>> {
    const authentic = await this.aliases.execute(request, alias);
    if (!authentic.ok) return authentic;
    const checked = this.checks.check(packages, undefined);
    if (!checked.ok) return checked;
    const { authKey } = authentic.value;
    const isOurs = await this.store.replacePackages(alias, authKey, checked.value.packages);
    return isOurs ? done() : refuse('NOT_FOUND');
  }
}
