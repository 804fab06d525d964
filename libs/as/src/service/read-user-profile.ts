import { Injectable } from '@nestjs/common';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { ProfileStore } from '../ports/profile-store.js';

/** A user's encrypted profile, for whoever knows the id of its key. */
@Injectable()
export class ReadUserProfile {
  constructor(private readonly profiles: ProfileStore) {}

  /** Refuses with NOT_FOUND, alike where there is no such user and where the key is another. */
  async execute(user: Uint8Array, keyId: Uint8Array): Promise<Outcome<Uint8Array>> {
    const profile = await this.profiles.read(user, keyId);
    return profile === undefined ? refuse('NOT_FOUND') : done(profile);
  }
}
