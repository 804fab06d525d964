import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { clientCredential, decode, done, equal, type Outcome, refuse } from '@phoenix/wire';
import type { Authority, CredentialSubject } from '../domain/authority.js';
import { AccountStore } from '../ports/account-store.js';
import { AuthenticateClient, type AuthenticClient } from './authenticate-client.js';
import { CurrentAuthority } from './current-authority.js';

/** A new key with the old one's word for it. */
export interface NextKey {
  /** Encoded ClientCsr of the new key. */
  readonly csr: Uint8Array;
  /** Encoded KeySuccession. */
  readonly succession: Uint8Array;
}

/** Signs a client's next credential: over the key that it has, unless the old key itself hands over to another. */
@Injectable()
export class RenewClientCredential {
  constructor(
    private readonly clients: AuthenticateClient,
    private readonly authority: CurrentAuthority,
    private readonly accounts: AccountStore,
    private readonly clock: Clock,
  ) {}

  /**
   * The encoded ClientCredential; within one month the same again. Refuses with SIGNATURE_INVALID for who is no client,
   * with BAD_REQUEST or INVALID_CREDENTIAL (`as.csr.*`, `as.succession.*`) for a new key that the old one does not vouch for.
   */
  async execute(next: NextKey | undefined, request: SignedRequest): Promise<Outcome<Uint8Array>> {
    const client = await this.clients.execute(request);
    if (!client.ok) return client;
    const authority = await this.authority.get();
    const subject = subjectOf(authority, client.value, next);
    if (!subject.ok) return subject;
    const signer = authority.prepare(subject.value, this.clock.now());
    if (!signer.ok) return signer;
    const { clientId, encoded } = client.value;
    const renewed = await this.accounts.renew(clientId, encoded, await signer.value());
    // Whoever changed the key meanwhile has won: this request was signed by a key that is no longer the client's.
    const ours = renewed !== undefined && isOver(subject.value, renewed);
    return ours ? done(renewed) : refuse('SIGNATURE_INVALID');
  }
}

function subjectOf(
  authority: Authority,
  { credential }: AuthenticClient,
  next: NextKey | undefined,
): Outcome<CredentialSubject> {
  if (next === undefined) return done({ ...credential.payload, selfSignature: credential.selfSignature });
  return authority.verifyHandover(credential, next);
}

function isOver({ publicKey }: CredentialSubject, credential: Uint8Array): boolean {
  return equal(decode(clientCredential, credential).payload.publicKey, publicKey);
}
