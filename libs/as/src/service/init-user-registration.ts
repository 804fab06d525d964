import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import { done, type Outcome } from '@phoenix/wire';
import { RegistrationTickets } from '../domain/registration-ticket.js';
import { RegistrationPolicy, type RegistrationTerms } from '../ports/registration-policy.js';
import { Passwords } from './passwords.js';

/** A registration that has begun: the id drawn for the user (16 bytes), and what the second step wants. */
export interface BegunRegistration {
  readonly user: Uint8Array;
  readonly ticket: Uint8Array;
  /** OPAQUE RegistrationResponse. */
  readonly opaqueResponse: Uint8Array;
  readonly terms: RegistrationTerms;
}

/** The first step of a registration: draws the user id, seals it into a ticket, answers OPAQUE. Stores nothing. */
@Injectable()
export class InitUserRegistration {
  constructor(
    private readonly policy: RegistrationPolicy,
    private readonly tickets: RegistrationTickets,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
  ) {}

  /** Refuses with what the policy refuses with, and BAD_REQUEST for what is no RegistrationRequest. */
  async execute(opaqueRequest: Uint8Array): Promise<Outcome<BegunRegistration>> {
    const admitted = await this.policy.admit();
    if (!admitted.ok) return admitted;
    const { user, ticket } = this.tickets.draw(this.clock.now());
    const opaqueResponse = await this.passwords.respond(user, opaqueRequest);
    if (!opaqueResponse.ok) return opaqueResponse;
    return done({ user, ticket, opaqueResponse: opaqueResponse.value, terms: this.policy.terms });
  }
}
