import { Injectable } from '@nestjs/common';
import { Clock } from '@phoenix/crypto';
import type { SignedRequest } from '@phoenix/edge';
import { done, monthNumber, type Outcome } from '@phoenix/wire';
import { AccountStore } from '../ports/account-store.js';
import { VerifyTwoFactor } from './verify-two-factor.js';

/** Deletes a user with everything that the AS has of it, and revokes what was issued to it. */
@Injectable()
export class DeleteUser {
  constructor(
    private readonly factors: VerifyTwoFactor,
    private readonly accounts: AccountStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Refuses with FORBIDDEN (`as.two-factor`). A retry after success is refused with SIGNATURE_INVALID, for there is no such
   * client any more: it is told by its own fingerprint among the revoked.
   */
  async execute(ke3: Uint8Array, request: SignedRequest): Promise<Outcome<void>> {
    const proven = await this.factors.execute(ke3, request);
    if (!proven.ok) return proven;
    const { uuid } = proven.value.client.clientId.user;
    await this.accounts.deleteUser(uuid, monthNumber(this.clock.now()));
    return done();
  }
}
