import type { Outcome } from '@phoenix/wire';

/** Who may register. Asked before a user id is drawn; learns nothing about who asks. */
export abstract class RegistrationPolicy {
  /** Admits one registration, or refuses it (FORBIDDEN). */
  abstract admit(): Promise<Outcome<void>>;
}
