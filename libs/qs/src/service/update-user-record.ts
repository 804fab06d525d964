import { Injectable } from '@nestjs/common';
import { PhoenixCrypto } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { RecordStore, type UserChanges } from '../ports/record-store.js';
import { authenticateUser, friendshipHashOf, isSigningKey } from './authenticate.js';

/** What is left out stays as it is. */
export interface UpdateUserRecordInput {
  readonly userId: Uint8Array;
  readonly userKey?: Uint8Array | undefined;
  readonly friendshipToken?: Uint8Array | undefined;
}

/** Replaces a user's auth key, its friendship token, or both. */
@Injectable()
export class UpdateUserRecord {
  constructor(
    private readonly records: RecordStore,
    private readonly crypto: PhoenixCrypto,
  ) {}

  async execute(request: SignedRequest, input: UpdateUserRecordInput): Promise<Outcome<void>> {
    const changes = this.#changes(input);
    if (changes === undefined) return refuse('BAD_REQUEST');
    const found = await authenticateUser(this.records, request, input.userId);
    if (!found.ok) return found;
    const updated = await this.records.updateUser(input.userId, changes);
    return updated === 'updated' ? done() : refuse('ALREADY_EXISTS');
  }

  #changes({ userKey, friendshipToken }: UpdateUserRecordInput): UserChanges | undefined {
    if (userKey !== undefined && !isSigningKey(userKey)) return undefined;
    const friendshipHash = friendshipToken && friendshipHashOf(this.crypto, friendshipToken);
    if (friendshipToken !== undefined && friendshipHash === undefined) return undefined;
    return { ...(userKey && { userKey }), ...(friendshipHash && { friendshipHash }) };
  }
}
