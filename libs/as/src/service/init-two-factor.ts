import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '@phoenix/edge';
import { done, formatClientId, type Outcome, refuse } from '@phoenix/wire';
import { AccountStore } from '../ports/account-store.js';
import { HandshakeStore } from '../ports/handshake-store.js';
import { AuthenticateClient } from './authenticate-client.js';
import { Passwords } from './passwords.js';

/** The AS's side of a begun hand-shake. */
export interface BegunTwoFactor {
  readonly ke2: Uint8Array;
  /** OPAQUE RegistrationResponse, where one was asked for. */
  readonly opaqueResponse: Uint8Array | undefined;
}

/** Begins to check a client's second factor, the password: KE1 -> KE2 and, for a new password, the first step of its record. */
@Injectable()
export class InitTwoFactor {
  constructor(
    private readonly clients: AuthenticateClient,
    private readonly accounts: AccountStore,
    private readonly passwords: Passwords,
    private readonly handshakes: HandshakeStore,
  ) {}

  /** Refuses with BAD_REQUEST for what is no OPAQUE message, with LIMIT_EXCEEDED past ten hand-shakes an hour. */
  async execute(
    input: { readonly ke1: Uint8Array; readonly opaqueRequest: Uint8Array | undefined },
    request: SignedRequest,
  ): Promise<Outcome<BegunTwoFactor>> {
    const client = await this.clients.execute(request);
    if (!client.ok) return client;
    const { uuid: user } = client.value.clientId.user;
    const response = input.opaqueRequest && (await this.passwords.respond(user, input.opaqueRequest));
    if (response?.ok === false) return response;
    const started = await this.passwords.start(user, await this.accounts.opaqueRecord(user), input.ke1);
    if (!started.ok) return started;
    const name = formatClientId(client.value.clientId);
    if (!(await this.handshakes.begin(name, started.value.state))) return refuse('LIMIT_EXCEEDED');
    return done({ ke2: started.value.message, opaqueResponse: response?.value });
  }
}
