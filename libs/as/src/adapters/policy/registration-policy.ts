import type { PhoenixCrypto } from '@phoenix/crypto';
import type { RegistrationPolicy } from '../../ports/registration-policy.js';
import { InvitedRegistration } from './invited-registration.js';
import { OpenRegistration } from './open-registration.js';
import { WorkedRegistration } from './worked-registration.js';

/** Who may register, as an operator chooses it. */
export type RegistrationSettings =
  | { readonly by: 'open' }
  | { readonly by: 'invitation' }
  /** `bits`: leading zero bits, 1 to 24. */
  | { readonly by: 'proof-of-work'; readonly bits: number };

export function registrationPolicy(
  crypto: PhoenixCrypto,
  settings: RegistrationSettings = { by: 'open' },
): RegistrationPolicy {
  switch (settings.by) {
    case 'open':
      return new OpenRegistration();
    case 'invitation':
      return new InvitedRegistration(crypto);
    case 'proof-of-work':
      return new WorkedRegistration(crypto, settings.bits);
  }
}
