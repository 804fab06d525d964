import { Injectable } from '@nestjs/common';
import { PhoenixCrypto } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { shuffled } from '@phoenix/queue';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { MAX_ADD_PACKAGES } from '../domain/limits.js';
import { AddPackageStore } from '../ports/add-package-store.js';
import { RecordStore } from '../ports/record-store.js';
import { AddPackageChecks } from './add-package-checks.js';
import { authenticateClient } from './authenticate.js';

/** Replaces all add packages of a client: at most 256, at least one of them a last resort. */
@Injectable()
export class PublishAddPackages {
  constructor(
    private readonly records: RecordStore,
    private readonly checks: AddPackageChecks,
    private readonly packages: AddPackageStore,
    private readonly crypto: PhoenixCrypto,
  ) {}

  async execute(
    request: SignedRequest,
    clientId: Uint8Array,
    encodedPackages: readonly Uint8Array[],
  ): Promise<Outcome<void>> {
    if (encodedPackages.length > MAX_ADD_PACKAGES) return refuse('LIMIT_EXCEEDED');
    const found = await authenticateClient(this.records, request, clientId);
    if (!found.ok) return found;
    const checked = await this.checks.check(clientId, encodedPackages);
    if (!checked.ok) return checked;
    await this.packages.replaceAll(clientId, shuffled(this.crypto.random, checked.value));
    return done();
  }
}
