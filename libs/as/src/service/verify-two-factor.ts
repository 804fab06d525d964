import { Injectable } from '@nestjs/common';
import { wipe } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { done, formatClientId, type Outcome, refuse } from '@phoenix/wire';
import { HandshakeStore } from '../ports/handshake-store.js';
import { AuthenticateClient, type AuthenticClient } from './authenticate-client.js';
import { Passwords } from './passwords.js';

/** A client that has shown both: its key, and its user's password. */
export interface TwiceAuthentic {
  readonly client: AuthenticClient;
  /** Whether this very request had its effect already: its answer was lost. */
  readonly repeated: boolean;
}

/** Checks both factors of a request: the client's signature over all of it, and KE3. */
@Injectable()
export class VerifyTwoFactor {
  constructor(
    private readonly clients: AuthenticateClient,
    private readonly handshakes: HandshakeStore,
    private readonly passwords: Passwords,
  ) {}

  /** Refuses alike, with FORBIDDEN (`as.two-factor`), where the password is wrong and where no hand-shake was begun. */
  async execute(ke3: Uint8Array, request: SignedRequest): Promise<Outcome<TwiceAuthentic>> {
    const client = await this.clients.execute(request);
    if (!client.ok) return client;
    const name = formatClientId(client.value.clientId);
    if (await this.handshakes.isSettled(name, request.bodyDigest))
      return done({ client: client.value, repeated: true });
    const state = await this.handshakes.take(name);
    const proven = state !== undefined && (await this.passwords.verify(state, ke3));
    if (state !== undefined) wipe(state);
    return proven
      ? done({ client: client.value, repeated: false })
      : refuse('FORBIDDEN', { rule: 'as.two-factor' });
  }

  /** To be called once the effect is there. */
  settle(client: AuthenticClient, request: SignedRequest): Promise<void> {
    return this.handshakes.settle(formatClientId(client.clientId), request.bodyDigest);
  }
}
