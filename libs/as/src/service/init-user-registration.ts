import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import { done, type Outcome } from '@phoenix/wire';
import { RegistrationTickets } from '../domain/registration-ticket.js';
import { RegistrationPolicy } from '../ports/registration-policy.js';

/** The first step of a registration: draws the user id and seals it into a ticket. Stores nothing. */
@Injectable()
export class InitUserRegistration {
  constructor(
    private readonly policy: RegistrationPolicy,
    private readonly tickets: RegistrationTickets,
    private readonly clock: Clock,
  ) {}

  /** Refuses with what the policy refuses with. */
  async execute(): Promise<Outcome<{ user: Uint8Array; ticket: Uint8Array }>> {
    const admitted = await this.policy.admit();
    return admitted.ok ? done(this.tickets.draw(this.clock.now())) : admitted;
  }
}
