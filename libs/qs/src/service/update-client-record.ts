import { Injectable } from '@nestjs/common';
import { PhoenixCrypto } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { holdsClientKey } from '../domain/client-key-proof.js';
import { MAX_FORMER_KEYS } from '../domain/limits.js';
import type { UserRecord } from '../domain/records.js';
import { RecordStore } from '../ports/record-store.js';
import { authenticateClient, isSigningKey } from './authenticate.js';

/** What is left out stays as it is; a client key comes with its proof of possession. */
export interface UpdateClientRecordInput {
  readonly clientId: Uint8Array;
  readonly clientKey?: Uint8Array | undefined;
  readonly clientKeyProof?: Uint8Array | undefined;
  readonly queueEncryptionKey?: Uint8Array | undefined;
}

/** Replaces a client's auth key, its queue encryption key, or both. The former auth key goes on vouching for queue configs. */
@Injectable()
export class UpdateClientRecord {
  constructor(
    private readonly records: RecordStore,
    private readonly crypto: PhoenixCrypto,
  ) {}

  async execute(request: SignedRequest, input: UpdateClientRecordInput): Promise<Outcome<void>> {
    if (!this.#isWellFormed(input)) return refuse('BAD_REQUEST');
    const found = await authenticateClient(this.records, request, input.clientId);
    if (!found.ok) return found;
    if (!this.#isProven(input, found.value.user)) return refuse('SIGNATURE_INVALID');
    const { clientKey, queueEncryptionKey } = input;
    const changes = { ...(clientKey && { clientKey }), ...(queueEncryptionKey && { queueEncryptionKey }) };
    const updated = await this.records.updateClient(input.clientId, changes, MAX_FORMER_KEYS);
    return updated === 'updated' ? done() : refuse('LIMIT_EXCEEDED');
  }

  #isWellFormed({ clientKey, clientKeyProof, queueEncryptionKey }: UpdateClientRecordInput): boolean {
    if ((clientKey === undefined) !== (clientKeyProof === undefined)) return false;
    if (clientKey !== undefined && !isSigningKey(clientKey)) return false;
    return queueEncryptionKey === undefined || this.crypto.hpke.isPublicKey(queueEncryptionKey);
  }

  #isProven({ clientId, clientKey, clientKeyProof }: UpdateClientRecordInput, user: UserRecord): boolean {
    if (clientKey === undefined || clientKeyProof === undefined) return true;
    const { userId, userKey } = user;
    return holdsClientKey(this.crypto, { userId, clientId, userKey, clientKey, clientKeyProof });
  }
}
