import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { isProfile, PROFILE_KEY_ID_BYTES } from '../domain/profile-size.js';
import { ProfileStore } from '../ports/profile-store.js';
import { AuthenticateClient } from './authenticate-client.js';

/** Stores a user's encrypted profile beside the one before it, for those who still have that one's key. */
@Injectable()
export class UpdateUserProfile {
  constructor(
    private readonly clients: AuthenticateClient,
    private readonly profiles: ProfileStore,
  ) {}

  /** Refuses with BAD_REQUEST (`as.profile.key-id`, `as.profile.size`). */
  async execute(
    input: { readonly keyId: Uint8Array; readonly profile: Uint8Array },
    request: SignedRequest,
  ): Promise<Outcome<void>> {
    const client = await this.clients.execute(request);
    if (!client.ok) return client;
    if (input.keyId.length !== PROFILE_KEY_ID_BYTES)
      return refuse('BAD_REQUEST', { rule: 'as.profile.key-id' });
    if (!isProfile(input.profile)) return refuse('BAD_REQUEST', { rule: 'as.profile.size' });
    const { uuid } = client.value.clientId.user;
    const stored = await this.profiles.put(uuid, input.keyId, input.profile);
    return stored ? done() : refuse('SIGNATURE_INVALID');
  }
}
