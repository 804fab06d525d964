import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { clientCredential, decode, done, equal, formatClientId, type Outcome, refuse } from '@phoenix/wire';
import { Authority } from '../domain/authority.js';
import { answersCsr, type VerifiedCsr } from '../domain/client-csr.js';
import { RegistrationTickets } from '../domain/registration-ticket.js';
import { RegistrationStore } from '../ports/registration-store.js';

/** The second step of a registration: signs the client's credential in the transaction that makes its user. */
@Injectable()
export class FinishUserRegistration {
  constructor(
    private readonly tickets: RegistrationTickets,
    private readonly authority: Authority,
    private readonly store: RegistrationStore,
    private readonly clock: Clock,
  ) {}

  /**
   * The encoded ClientCredential; the same again for the same ticket and CSR. The request is signed by the CSR's own key.
   * Refuses with TICKET_INVALID where the ticket is not ours, has expired, is for another user id or was used with
   * another CSR; with BAD_REQUEST or INVALID_CREDENTIAL for the CSR; with UNAVAILABLE where no intermediate can sign.
   */
  async execute(
    input: { ticket: Uint8Array; csr: Uint8Array },
    request: SignedRequest,
  ): Promise<Outcome<Uint8Array>> {
    const csr = this.authority.verify(input.csr);
    if (!csr.ok) return csr;
    const user = this.tickets.open(input.ticket, this.clock.now());
    if (user === undefined || !equal(user, csr.value.clientId.user.uuid)) return refuse('TICKET_INVALID');
    const authentic = await authenticate(request, csr.value);
    return authentic.ok ? this.register(csr.value) : authentic;
  }

  private async register(csr: VerifiedCsr): Promise<Outcome<Uint8Array>> {
    const signer = this.authority.prepare(csr, this.clock.now());
    if (!signer.ok) return signer;
    const credential = await this.store.register(csr.clientId, signer.value);
    if (credential === undefined || !answersCsr(decode(clientCredential, credential), csr)) {
      return refuse('TICKET_INVALID');
    }
    return done(credential);
  }
}

async function authenticate(request: SignedRequest, csr: VerifiedCsr): Promise<Outcome<void>> {
  const ours = request.keyId.kind === 'client' && request.keyId.name === formatClientId(csr.clientId);
  return ours ? request.authenticate(csr.publicKey) : refuse('SIGNATURE_INVALID');
}
