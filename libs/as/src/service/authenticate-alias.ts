import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '@phoenix/edge';
import { type Outcome, refuse } from '@phoenix/wire';
import { FindAlias, type FoundAlias } from './find-alias.js';

/** Whether the request says it is signed by that alias's key; its signature is still to be verified. */
export function claimsAlias(request: SignedRequest, alias: string): boolean {
  return request.keyId.kind === 'alias' && request.keyId.name === alias;
}

/** Whether a request is of the owner of an alias, whoever that is. */
@Injectable()
export class AuthenticateAlias {
  constructor(private readonly aliases: FindAlias) {}

  /**
   * Refuses with NOT_FOUND an alias that is not there, or not any more: anybody can find that out by taking a package, and an
   * owner who was away for too long is to be told. With SIGNATURE_INVALID one that is another's.
   */
  async execute(request: SignedRequest, alias: string): Promise<Outcome<FoundAlias>> {
    if (!claimsAlias(request, alias)) return refuse('SIGNATURE_INVALID');
    const found = await this.aliases.execute(alias);
    if (!found.ok) return found;
    const authentic = await request.authenticate(found.value.authKey);
    return authentic.ok ? found : authentic;
  }
}
