import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '@phoenix/edge';
import { clientCredential, decode, done, formatClientId, type Outcome, refuse } from '@phoenix/wire';
import { answersCsr, type VerifiedCsr } from '../domain/client-csr.js';
import { RegistrationPolicy } from '../ports/registration-policy.js';
import { type NewUser, RegistrationStore } from '../ports/registration-store.js';
import { Passwords } from './passwords.js';
import { VerifyApplication } from './verify-application.js';

/** What an applicant hands in with the second step. */
export interface FinishRegistration {
  readonly ticket: Uint8Array;
  /** Encoded ClientCsr. */
  readonly csr: Uint8Array;
  /** OPAQUE RegistrationRecord. */
  readonly opaqueRecord: Uint8Array;
  readonly invitation: string | undefined;
  readonly proofOfWork: Uint8Array | undefined;
}

/** The second step of a registration: signs the client's credential in the transaction that makes its user. */
@Injectable()
export class FinishUserRegistration {
  constructor(
    private readonly applications: VerifyApplication,
    private readonly policy: RegistrationPolicy,
    private readonly passwords: Passwords,
    private readonly store: RegistrationStore,
  ) {}

  /**
   * The encoded ClientCredential; the same again for the same ticket and CSR. The request is signed by the CSR's own key.
   * Refuses with TICKET_INVALID where the ticket is not ours, has expired, is for another user id or was used with
   * another CSR; with BAD_REQUEST or INVALID_CREDENTIAL for the CSR; with FORBIDDEN by the policy's terms
   * (`as.registration.*`); with UNAVAILABLE where no intermediate can sign.
   */
  async execute(input: FinishRegistration, request: SignedRequest): Promise<Outcome<Uint8Array>> {
    const applied = await this.applications.execute(input);
    if (!applied.ok) return applied;
    const { csr, signer } = applied.value;
    const authentic = await authenticate(request, csr);
    if (!authentic.ok) return authentic;
    const record = await this.passwords.verifyRecord(input.opaqueRecord);
    if (!record.ok) return record;
    const admission = await this.policy.accept(input);
    if (!admission.ok) return admission;
    const { invitation } = admission.value;
    return this.register({ client: csr.clientId, opaqueRecord: input.opaqueRecord, invitation }, csr, signer);
  }

  private async register(
    user: NewUser,
    csr: VerifiedCsr,
    signer: Parameters<RegistrationStore['register']>[1],
  ): Promise<Outcome<Uint8Array>> {
    const made = await this.store.register(user, signer);
    if (made.kind === 'uninvited') return refuse('FORBIDDEN', { rule: 'as.registration.invitation' });
    const ours = made.kind === 'registered' && answersCsr(decode(clientCredential, made.credential), csr);
    return ours ? done(made.credential) : refuse('TICKET_INVALID');
  }
}

async function authenticate(request: SignedRequest, csr: VerifiedCsr): Promise<Outcome<void>> {
  const ours = request.keyId.kind === 'client' && request.keyId.name === formatClientId(csr.clientId);
  return ours ? request.authenticate(csr.publicKey) : refuse('SIGNATURE_INVALID');
}
