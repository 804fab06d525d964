import { Injectable } from '@nestjs/common';
import { OpaqueServer, type StartedOpaqueLogin } from '@phoenix/crypto';
import { done, formatUserId, type Outcome, refuse } from '@phoenix/wire';
import { OpaqueSetup } from '../domain/opaque-setup.js';

/** OPAQUE (RFC 9807) under this AS's set-up. Users are 16 bytes; the names that it binds are `uuid@domain` and the domain. */
@Injectable()
export class Passwords {
  constructor(
    private readonly opaque: OpaqueServer,
    private readonly setup: OpaqueSetup,
  ) {}

  /** The answer to a RegistrationRequest; BAD_REQUEST where it is none. */
  async respond(user: Uint8Array, request: Uint8Array): Promise<Outcome<Uint8Array>> {
    const response = await this.opaque.respond(this.setup.bytes, this.nameOf(user), request);
    return response === undefined ? malformed() : done(response);
  }

  /** BAD_REQUEST for what is no RegistrationRecord. */
  async verifyRecord(record: Uint8Array): Promise<Outcome<void>> {
    return (await this.opaque.isRecord(record)) ? done() : malformed();
  }

  /** KE2 and the state to verify KE3 with; without a record, of a password that nobody knows. BAD_REQUEST for a bad KE1. */
  async start(
    user: Uint8Array,
    record: Uint8Array | undefined,
    ke1: Uint8Array,
  ): Promise<Outcome<StartedOpaqueLogin>> {
    const identities = { client: this.nameOf(user), server: this.setup.domain };
    const started = await this.opaque.startLogin({ setup: this.setup.bytes, record, ke1, identities });
    return started === undefined ? malformed() : done(started);
  }

  verify(state: Uint8Array, ke3: Uint8Array): Promise<boolean> {
    return this.opaque.finishLogin(state, ke3);
  }

  private nameOf(uuid: Uint8Array): string {
    return formatUserId({ uuid, domain: this.setup.domain });
  }
}

function malformed(): Outcome<never> {
  return refuse('BAD_REQUEST', { rule: 'as.opaque.encoding' });
}
