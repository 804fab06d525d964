import type { PhoenixCrypto } from '@phoenix/crypto';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { hashInvitation } from '../../domain/invitation.js';
import {
  type Admission,
  RegistrationPolicy,
  type RegistrationProof,
} from '../../ports/registration-policy.js';

/** Who brings an invitation code may register, once. */
export class InvitedRegistration extends RegistrationPolicy {
  override readonly terms = { invitation: true, proofOfWork: 0 };

  constructor(private readonly crypto: PhoenixCrypto) {
    super();
  }

  override async admit(): Promise<Outcome<void>> {
    return done(undefined);
  }

  override async accept({ invitation }: RegistrationProof): Promise<Outcome<Admission>> {
    const hash = invitation === undefined ? undefined : hashInvitation(this.crypto, invitation);
    return hash === undefined
      ? refuse('FORBIDDEN', { rule: 'as.registration.invitation' })
      : done({ invitation: hash });
  }
}
