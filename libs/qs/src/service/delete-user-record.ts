import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome } from '@phoenix/wire';
import { RecordStore } from '../ports/record-store.js';
import { authenticateUser } from './authenticate.js';

/**
 * Removes a user with all that is kept for it: clients, keys, packages, queues, entries. Asked again, after an answer that was
 * lost, it refuses with SIGNATURE_INVALID: the key that could tell the owner from a stranger is gone, too.
 */
@Injectable()
export class DeleteUserRecord {
  constructor(private readonly records: RecordStore) {}

  async execute(request: SignedRequest, userId: Uint8Array): Promise<Outcome<void>> {
    const found = await authenticateUser(this.records, request, userId);
    if (!found.ok) return found;
    await this.records.deleteUser(userId);
    return done();
  }
}
