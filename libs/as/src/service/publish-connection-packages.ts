import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { ConnectionStore, type Publication } from '../ports/connection-store.js';
import { AuthenticateClient } from './authenticate-client.js';
import { NewQueues } from './new-queues.js';
import { PublicationChecks } from './publication-checks.js';

export interface PublishConnectionPackagesInput {
  /** HPKE public key that the updates of the direct queue are sealed to, 32 bytes. */
  readonly queueEncryptionKey: Uint8Array;
  /** Encoded SignedConnectionPackages. */
  readonly packages: readonly Uint8Array[];
}

/**
 * Replaces all connection packages of a client: at most 100, at least one of them a last resort. The first publication makes
 * the client's direct queue: who has no packages can be offered nothing (docs/adr/0013).
 */
@Injectable()
export class PublishConnectionPackages {
  constructor(
    private readonly clients: AuthenticateClient,
    private readonly checks: PublicationChecks,
    private readonly queues: NewQueues,
    private readonly store: ConnectionStore,
  ) {}

  /**
   * Refuses with BAD_REQUEST for what is no key, as `checkPublication` does, and with ALREADY_EXISTS where the client goes by
   * a UUID whose queue is another user's.
   */
  async execute(request: SignedRequest, input: PublishConnectionPackagesInput): Promise<Outcome<void>> {
    const authentic = await this.clients.execute(request);
    if (!authentic.ok) return authentic;
    const { clientId: client, credential } = authentic.value;
    const { queueEncryptionKey } = input;
    if (!this.queues.isEncryptionKey(queueEncryptionKey)) return refuse('BAD_REQUEST');
    const signer = { clientId: client, publicKey: credential.payload.publicKey };
    const checked = this.checks.check(input.packages, signer);
    return checked.ok ? this.#publish({ client, queueEncryptionKey, ...checked.value }) : checked;
  }

  async #publish(publication: Publication): Promise<Outcome<void>> {
    const owner = { id: publication.client.uuid, encryptionKey: publication.queueEncryptionKey };
    const published = await this.queues.use(owner, (queue) => this.store.publish(publication, queue));
    if (published === 'published') return done();
    return refuse(published === 'taken' ? 'ALREADY_EXISTS' : 'SIGNATURE_INVALID');
  }
}
