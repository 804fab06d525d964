import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import { done, equal, type Outcome, refuse } from '@phoenix/wire';
import type { CredentialSigner } from '../domain/authority.js';
import type { VerifiedCsr } from '../domain/client-csr.js';
import { RegistrationTickets } from '../domain/registration-ticket.js';
import { CurrentAuthority } from './current-authority.js';

/** Checks that ticket and CSR are for one user, and has a credential for it ready to be signed. */
@Injectable()
export class VerifyApplication {
  constructor(
    private readonly tickets: RegistrationTickets,
    private readonly authority: CurrentAuthority,
    private readonly clock: Clock,
  ) {}

  /** Refuses with TICKET_INVALID, or with BAD_REQUEST or INVALID_CREDENTIAL for the CSR (`as.csr.*`). */
  async execute(input: {
    readonly ticket: Uint8Array;
    readonly csr: Uint8Array;
  }): Promise<Outcome<{ csr: VerifiedCsr; signer: CredentialSigner }>> {
    const now = this.clock.now();
    const authority = await this.authority.get();
    const csr = authority.verify(input.csr);
    if (!csr.ok) return csr;
    const user = this.tickets.open(input.ticket, now);
    if (user === undefined || !equal(user, csr.value.clientId.user.uuid)) return refuse('TICKET_INVALID');
    const signer = authority.prepare(csr.value, now);
    return signer.ok ? done({ csr: csr.value, signer: signer.value }) : signer;
  }
}
