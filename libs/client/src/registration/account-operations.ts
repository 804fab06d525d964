import { done, type Outcome } from '@phoenix/wire';
import { NEXT_KEY } from '../account/former-keys.js';
import { noticeGone, noticePresent } from '../account/gone.js';
import { replaceKey } from '../account/replace-key.js';
import { renewCredential } from '../credentials/renew-credential.js';
import type { Session } from '../groups/session.js';
import type { OperationRunner } from '../operation-runner.js';
import { changePassword } from './change-password.js';
import { deleteUser } from './delete-user.js';
import { leaveEverything } from './leave-everything.js';
import { proveUser, type SecondFactor } from './prove-user.js';

/** What a user does with its account at the AS. */
export class AccountOperations {
  constructor(private readonly operations: OperationRunner) {}

  /**
   * Gets the next credential when nine weeks or less are left of the present one; `receive` does so by itself. Groups carry it
   * from our next `updateClient` on, new packages and cards at once. Goes on with a `replaceKey` that was interrupted. Where the AS
   * knows us no more, the event `account-gone` says so.
   */
  renewCredential(): Promise<Outcome<void>> {
    return this.operations.run(async (session) => {
      const { context } = this.operations;
      const renewed = await this.#renew(session);
      await (renewed.ok ? noticePresent(context) : noticeGone(context, this.operations.account));
      return renewed;
    });
  }

  async #renew(session: Session): Promise<Outcome<void>> {
    const { context, account } = this.operations;
    if ((await session.work.get(NEXT_KEY)) !== undefined) return replaceKey(this.operations, session);
    const renewed = await renewCredential(context, session.work, account);
    if (!renewed.ok) return renewed;
    this.operations.account = renewed.value;
    return done();
  }

  /**
   * Replaces our credential key by a new one, which the old one signs (docs/protocol §3): contacts are told first, in the groups that we
   * became contacts in; packages follow at once, and groups one after the other, whenever something is said in one or with `receive`.
   * Safety numbers are others from then on. After a refusal call it again, or `receive`, and it goes on with the same key.
   */
  replaceKey(): Promise<Outcome<void>> {
    return this.operations.run((session) => replaceKey(this.operations, session));
  }

  /** Refuses with FORBIDDEN (`client.password`) where the present password is wrong. */
  changePassword(present: SecondFactor, next: SecondFactor): Promise<Outcome<void>> {
    return this.operations.run(() =>
      changePassword(this.operations.context, this.operations.account, present, next),
    );
  }

  /**
   * Deletes the user: leaves all groups, then deletes what QS and AS have of it, then all that this store keeps. Refuses with
   * FORBIDDEN (`client.password`) before anything is done; after any other refusal call it again, and it goes on.
   */
  deleteUser(factor: SecondFactor): Promise<Outcome<void>> {
    return this.operations.run(async (session) => {
      const { context, account } = this.operations;
      const proven = await proveUser(context, account, factor);
      if (!proven.ok && proven.refusal.code !== 'SIGNATURE_INVALID') return proven;
      const left = proven.ok ? await leaveEverything(this.operations, session) : done();
      if (!left.ok) return left;
      const deleted = await deleteUser(context, account, factor);
      if (!deleted.ok) return deleted;
      const keys = await context.store.keys('');
      await context.store.write(keys.map((key) => ({ key, value: undefined })));
      return done();
    });
  }
}
