import { Injectable } from '@nestjs/common';
import { Clock, PhoenixCrypto } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { createQueue, StoreKeys } from '@phoenix/queue';
import { done, equal, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import { type ClientKeyClaim, holdsClientKey } from '../domain/client-key-proof.js';
import type { UserRecord } from '../domain/records.js';
import { RecordStore } from '../ports/record-store.js';
import { claimsToBe, friendshipHashOf, isSigningKey } from './authenticate.js';

/** Ids drawn by the client, keys fresh for this record, the friendship token in the clear this once. */
export interface CreateUserRecordInput extends ClientKeyClaim {
  readonly friendshipToken: Uint8Array;
  readonly queueEncryptionKey: Uint8Array;
}

/** Makes a user with its client and the client's queue. Repeated with the same content it is a success. */
@Injectable()
export class CreateUserRecord {
  constructor(
    private readonly records: RecordStore,
    private readonly storeKeys: StoreKeys,
    private readonly crypto: PhoenixCrypto,
    private readonly clock: Clock,
  ) {}

  async execute(request: SignedRequest, input: CreateUserRecordInput): Promise<Outcome<void>> {
    const friendshipHash = friendshipHashOf(this.crypto, input.friendshipToken);
    if (friendshipHash === undefined || !this.#areKeys(input)) return refuse('BAD_REQUEST');
    if (!claimsToBe(request, 'qs-user', input.userId)) return refuse('SIGNATURE_INVALID');
    const authentic = await request.authenticate(input.userKey);
    if (!authentic.ok) return authentic;
    if (!holdsClientKey(this.crypto, input)) return refuse('SIGNATURE_INVALID');
    const user = { userId: input.userId, userKey: input.userKey, friendshipHash };
    const created = await this.#create(user, input);
    if (created === 'created' || (await this.#isThere(user, input))) return done();
    return refuse('ALREADY_EXISTS');
  }

  #areKeys({ userKey, clientKey, queueEncryptionKey }: CreateUserRecordInput): boolean {
    return (
      isSigningKey(userKey) &&
      isSigningKey(clientKey) &&
      !equal(userKey, clientKey) &&
      this.crypto.hpke.isPublicKey(queueEncryptionKey)
    );
  }

  #create(user: UserRecord, input: CreateUserRecordInput): Promise<'created' | 'taken'> {
    const { clientId, clientKey, userId, queueEncryptionKey: encryptionKey } = input;
    const client = { clientId, clientKey, userId, activeMonth: monthNumber(this.clock.now()) };
    return this.storeKeys.use((keys) =>
      this.records.create({ user, client }, (storeKeyId) =>
        createQueue({ crypto: this.crypto, keys, storeKeyId }, { id: clientId, encryptionKey }),
      ),
    );
  }

  /** Whether the records are just what this request would have made: then its first answer was lost. */
  async #isThere(user: UserRecord, input: CreateUserRecordInput): Promise<boolean> {
    const found = await this.records.findClient(input.clientId);
    const encryptionKey = await this.records.findQueueEncryptionKey(input.clientId);
    if (found === undefined || encryptionKey === undefined) return false;
    return (
      equal(found.user.userId, user.userId) &&
      equal(found.user.userKey, user.userKey) &&
      equal(found.user.friendshipHash, user.friendshipHash) &&
      equal(found.client.clientKey, input.clientKey) &&
      equal(encryptionKey, input.queueEncryptionKey)
    );
  }
}
