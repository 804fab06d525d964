import { done, type Outcome } from '@phoenix/wire';
import { RegistrationPolicy } from '../../ports/registration-policy.js';

/** Everybody may register. */
export class OpenRegistration extends RegistrationPolicy {
  override async admit(): Promise<Outcome<void>> {
    return done(undefined);
  }
}
