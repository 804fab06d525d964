import { Injectable } from '@nestjs/common';
import type { SignedRequest } from '@phoenix/edge';
import { done, type Outcome, refuse } from '@phoenix/wire';
import { AccountStore } from '../ports/account-store.js';
import { Passwords } from './passwords.js';
import { VerifyTwoFactor } from './verify-two-factor.js';

/** Replaces a user's OPAQUE record. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly factors: VerifyTwoFactor,
    private readonly passwords: Passwords,
    private readonly accounts: AccountStore,
  ) {}

  /** Refuses with FORBIDDEN (`as.two-factor`) for the old password, with BAD_REQUEST for what is no record. */
  async execute(
    input: { readonly ke3: Uint8Array; readonly opaqueRecord: Uint8Array },
    request: SignedRequest,
  ): Promise<Outcome<void>> {
    const record = await this.passwords.verifyRecord(input.opaqueRecord);
    if (!record.ok) return record;
    const proven = await this.factors.execute(input.ke3, request);
    if (!proven.ok) return proven;
    const { client, repeated } = proven.value;
    if (repeated) return done();
    const changed = await this.accounts.changePassword(client.clientId.user.uuid, input.opaqueRecord);
    if (!changed) return refuse('SIGNATURE_INVALID');
    await this.factors.settle(client, request);
    return done();
  }
}
