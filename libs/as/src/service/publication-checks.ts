import { Injectable } from '@nestjs/common';
import { Clock, PhoenixCrypto } from '@phoenix/crypto';
import { done, monthNumber, type Outcome } from '@phoenix/wire';
import { checkPublication } from '../domain/check-publication.js';
import type { PackageSigner, PublishedPackage } from '../domain/published-package.js';

/** What may be published, in the order in which it is to be written. */
export interface CheckedPublication {
  readonly packages: readonly PublishedPackage[];
  /** The month in which it was checked, since January 1970. */
  readonly month: number;
}

/** Checks what is published now, under a user id or, without a signer, under an alias: see `checkPublication`. */
@Injectable()
export class PublicationChecks {
  constructor(
    private readonly crypto: PhoenixCrypto,
    private readonly clock: Clock,
  ) {}

  check(uploads: readonly Uint8Array[], signer: PackageSigner | undefined): Outcome<CheckedPublication> {
    const nowMs = this.clock.now();
    const packages = checkPublication(this.crypto, uploads, nowMs, signer);
    return packages.ok ? done({ packages: packages.value, month: monthNumber(nowMs) }) : packages;
  }
}
