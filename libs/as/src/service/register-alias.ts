import { Injectable } from '@nestjs/common';
import { Clock, PhoenixCrypto } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { done, equal, isAlias, monthNumber, type Outcome, refuse } from '@phoenix/wire';
import { aliasQueueId, lastAliasMonth } from '../domain/alias.js';
import { type AliasRecord, AliasStore } from '../ports/alias-store.js';
import { claimsAlias } from './authenticate-alias.js';
import { NewQueues } from './new-queues.js';

/** Ed25519, 32 bytes; whether it is on the curve shows when it verifies something. */
const AUTH_KEY_BYTES = 32;

/**
 * Makes an alias for whoever asks first. Nothing says who that is: the keys are fresh for this alias, and the request is
 * signed by one of them. Repeated with the same keys it is a success.
 */
@Injectable()
export class RegisterAlias {
  constructor(
    private readonly store: AliasStore,
    private readonly queues: NewQueues,
    private readonly crypto: PhoenixCrypto,
    private readonly clock: Clock,
  ) {}

  /** Refuses with BAD_REQUEST for what is no alias or no key, ALREADY_EXISTS where it is another's. */
  async execute(request: SignedRequest, record: AliasRecord): Promise<Outcome<void>> {
    if (!isAlias(record.alias) || !this.#hasKeys(record)) return refuse('BAD_REQUEST');
    if (!claimsAlias(request, record.alias)) return refuse('SIGNATURE_INVALID');
    const authentic = await request.authenticate(record.authKey);
    if (!authentic.ok) return authentic;
    const month = monthNumber(this.clock.now());
    const owner = {
      id: aliasQueueId(this.crypto, record.alias),
      encryptionKey: record.queueEncryptionKey,
    };
    const months = { month, lastMonth: lastAliasMonth(month) };
    const made = await this.queues.use(owner, (queue) => this.store.register(record, months, queue));
    if (made === 'registered') return done();
    const found = await this.store.find(record.alias, month);
    return found && isSame(found, record) ? done() : refuse('ALREADY_EXISTS');
  }

  #hasKeys({ authKey, queueEncryptionKey }: AliasRecord): boolean {
    return authKey.length === AUTH_KEY_BYTES && this.queues.isEncryptionKey(queueEncryptionKey);
  }
}

function isSame(one: AliasRecord, other: AliasRecord): boolean {
  return equal(one.authKey, other.authKey) && equal(one.queueEncryptionKey, other.queueEncryptionKey);
}
