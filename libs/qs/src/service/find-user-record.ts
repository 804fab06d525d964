import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome } from '@phoenix/wire';
import { RecordStore } from '../ports/record-store.js';
import { authenticateUser } from './authenticate.js';

/** Tells a user which clients it has. */
@Injectable()
export class FindUserRecord {
  constructor(private readonly records: RecordStore) {}

  async execute(request: SignedRequest, userId: Uint8Array): Promise<Outcome<readonly Uint8Array[]>> {
    const found = await authenticateUser(this.records, request, userId);
    return found.ok ? done(found.value.clientIds) : found;
  }
}
