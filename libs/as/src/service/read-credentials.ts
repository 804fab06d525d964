import { Injectable } from '@nestjs/common';
import { Authority } from '../domain/authority.js';

/** What a client needs to verify credentials of this home domain; encoded credentials and SHA-256 fingerprints. */
export interface PublishedCredentials {
  readonly roots: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  readonly revoked: readonly Uint8Array[];
}

/** Publishes the chain above client credentials. */
@Injectable()
export class ReadCredentials {
  constructor(private readonly authority: Authority) {}

  execute(): PublishedCredentials {
    const { roots, intermediates } = this.authority;
    // Nothing revokes a credential yet, so none is.
    return { roots, intermediates, revoked: [] };
  }
}
