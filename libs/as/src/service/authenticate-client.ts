import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '@phoenix/edge';
import {
  type ClientCredential,
  clientCredential,
  type ClientId,
  decode,
  done,
  type Outcome,
  parseClientId,
  refuse,
} from '@phoenix/wire';
import { AccountStore } from '../ports/account-store.js';

/** A client whose signature was verified under the key of its credential. */
export interface AuthenticClient {
  readonly clientId: ClientId;
  /** The credential that it has now, encoded and decoded. */
  readonly encoded: Uint8Array;
  readonly credential: ClientCredential;
}

/** Who sent a request that is signed as `client:<client id>`. */
@Injectable()
export class AuthenticateClient {
  constructor(private readonly accounts: AccountStore) {}

  /**
   * Refuses with SIGNATURE_INVALID where the key is not that of a client of ours: one that does not exist is told nothing
   * else. A credential that has run out still signs, so that its client can renew it.
   */
  async execute(request: SignedRequest): Promise<Outcome<AuthenticClient>> {
    const clientId = request.keyId.kind === 'client' ? parseClientId(request.keyId.name) : undefined;
    const encoded = clientId && (await this.accounts.credential(clientId));
    if (clientId === undefined || encoded === undefined) return refuse('SIGNATURE_INVALID');
    const credential = decode(clientCredential, encoded);
    // The credential names its domain: a client id of another domain is another client.
    if (credential.payload.clientId.user.domain !== clientId.user.domain) return refuse('SIGNATURE_INVALID');
    const authentic = await request.authenticate(credential.payload.publicKey);
    return authentic.ok ? done({ clientId, encoded, credential }) : authentic;
  }
}
