import type { PhoenixCrypto } from '@phoenix/crypto';
import { done, type Outcome, proofOfWorkHolds, refuse } from '@phoenix/wire';
import {
  type Admission,
  RegistrationPolicy,
  type RegistrationProof,
} from '../../ports/registration-policy.js';

/** Who solves a puzzle over its ticket may register: cheap for one, dear for a million (docs/protocol §5). */
export class WorkedRegistration extends RegistrationPolicy {
  override readonly terms;

  /** @param bits leading zero bits; each doubles the work. */
  constructor(
    private readonly crypto: PhoenixCrypto,
    bits: number,
  ) {
    super();
    this.terms = { invitation: false, proofOfWork: bits };
  }

  override async admit(): Promise<Outcome<void>> {
    return done(undefined);
  }

  override async accept({ ticket, proofOfWork }: RegistrationProof): Promise<Outcome<Admission>> {
    const sha256 = (bytes: Uint8Array): Uint8Array => this.crypto.sha256(bytes);
    const { proofOfWork: bits } = this.terms;
    const solved = proofOfWork !== undefined && proofOfWorkHolds(sha256, ticket, proofOfWork, bits);
    return solved ? done({}) : refuse('FORBIDDEN', { rule: 'as.registration.proof-of-work' });
  }
}
