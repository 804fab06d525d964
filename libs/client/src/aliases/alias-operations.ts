import { done, type Outcome } from '@phoenix/wire';
import { type ReceivedEvent, unconfirmed } from '../messages/inbox.js';
import type { OperationRunner } from '../operation-runner.js';
import { refreshAlias } from '../services/as-connection-operations.js';
import { asOwner, notOurs, publishUnderAlias } from './alias-owner.js';
import { deleteOwnAlias } from './delete-alias.js';
import { ALIAS } from './own-alias.js';
import { receiveFrom } from './receive-alias-offers.js';
import { registerAlias } from './register-alias.js';

/**
 * Names by which we can be found, and which nobody but us, and whoever we connect with by them, can tie to us or to each other. Aliases are
 * named without their domain.
 */
export class AliasOperations {
  constructor(private readonly operations: OperationRunner) {}

  /**
   * Makes an alias, for this month and six more, with `oneTime` packages and a last resort. BAD_REQUEST for what is no alias,
   * ALREADY_EXISTS where it is another's. After any other refusal call it again, and it goes on.
   */
  register(alias: string, oneTime = 20): Promise<Outcome<void>> {
    return this.operations.run((session) => registerAlias(session, alias, oneTime));
  }

  /** Keeps an alias for this month and six more. NOT_FOUND where that is too late: then it may be registered anew. */
  refresh(alias: string): Promise<Outcome<void>> {
    return this.operations.run((session) =>
      asOwner(session, alias, (key) => session.context.as.call(refreshAlias, { alias }, key)),
    );
  }

  /** Publishes packages under an alias, in place of all that were there; `receiveOffers` does with each month. */
  publishPackages(alias: string, oneTime = 20): Promise<Outcome<void>> {
    return this.operations.run((session) => publishUnderAlias(session, alias, oneTime));
  }

  /**
   * Asks for the offers under one alias, at a time of its own: who is asked for several in a row could guess that they belong
   * together. What is unconfirmed, oldest first.
   */
  receiveOffers(alias: string): Promise<Outcome<ReceivedEvent[]>> {
    return this.operations.run(async (session) => {
      if ((await session.work.get(ALIAS, alias)) === undefined) return notOurs();
      const received = await receiveFrom(session, this.operations.account, alias);
      return received.ok ? done(await unconfirmed(session.work)) : received;
    });
  }

  /** Releases an alias. Connections that were made by it stay. */
  delete(alias: string): Promise<Outcome<void>> {
    return this.operations.run((session) => deleteOwnAlias(session, alias));
  }

  /** Our aliases. */
  list(): Promise<Outcome<string[]>> {
    return this.operations.run(async (session) => done(await session.work.names(ALIAS)));
  }
}
