import { done, type Outcome } from '@phoenix/wire';
import type { OperationRunner } from '../operation-runner.js';
import { nextProfileKey, publishProfile } from './own-profile.js';
import { readProfile } from './read-profile.js';

/** What users show of themselves to those they share a group or a card with; what it means is up to the app. */
export class ProfileOperations {
  constructor(private readonly operations: OperationRunner) {}

  /** Publishes our profile, at most 256 KiB, in place of the one before. */
  publish(content: Uint8Array): Promise<Outcome<void>> {
    return this.operations.run((session) => publishProfile(session, this.operations.account, content));
  }

  /** A user's profile; NOT_FOUND where it has none for us. */
  read(user: string): Promise<Outcome<Uint8Array>> {
    return this.operations.run((session) => readProfile(session, user));
  }

  /**
   * Draws another profile key, publishes our profile under it, and then gives it to all our groups: those that could not be
   * reached get it with the next `receive`. Friends learn it in a group that we share, or by a new card.
   */
  changeKey(): Promise<Outcome<void>> {
    return this.operations.run(async (session) => {
      const changed = await nextProfileKey(session, this.operations.account);
      if (!changed.ok) return changed;
      this.operations.account = changed.value;
      await this.operations.tend(session);
      return done();
    });
  }
}
