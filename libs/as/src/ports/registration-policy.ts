import { done, type Outcome } from '@phoenix/wire';

/** What registering takes beyond the two steps; told with the first. */
export interface RegistrationTerms {
  readonly invitation: boolean;
  /** Leading zero bits of the hash puzzle; 0 for none (docs/protocol §5). */
  readonly proofOfWork: number;
}

/** What an applicant brings to the second step; nothing in it is verified. */
export interface RegistrationProof {
  readonly ticket: Uint8Array;
  readonly invitation: string | undefined;
  readonly proofOfWork: Uint8Array | undefined;
}

/** What making the user has to spend: SHA-256 of an invitation code. */
export interface Admission {
  readonly invitation?: Uint8Array;
}

/** Who may register. Learns nothing about who asks but what its terms demand. */
export abstract class RegistrationPolicy {
  readonly terms: RegistrationTerms = { invitation: false, proofOfWork: 0 };

  /** Admits one registration to its first step, before a user id is drawn, or refuses it (FORBIDDEN). */
  abstract admit(): Promise<Outcome<void>>;

  /** Judges what was brought to the second step. What must be spent once is left to the transaction that makes the user. */
  accept(_proof: RegistrationProof): Promise<Outcome<Admission>> {
    return Promise.resolve(done({}));
  }
}
