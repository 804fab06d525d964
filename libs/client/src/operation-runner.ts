import type { Outcome } from '@phoenix/wire';
import type { Account } from './account/account.js';
import type { ClientContext } from './client-context.js';
import type { GroupOperation, InOrderOptions } from './groups/in-order.js';
import { markRevoked } from './groups/mark-revoked.js';
import { type LiveGroup, Session } from './groups/session.js';
import { tendLeaves } from './groups/tend-leaves.js';
import { tendGroups } from './groups/tend-groups.js';
import { withActiveGroup } from './groups/with-active-group.js';
import { settleSuccessions } from './credentials/settle-successions.js';
import { flushOutbox } from './messages/flush-outbox.js';
import { renewQueue } from './messages/renew-queue.js';
import { SerialQueue } from './mls/serial-queue.js';
import { tendPackages } from './packages/tend-packages.js';
import type { Pause } from './services/service.js';

/** How an operation on one group goes about what was proposed. */
export type OnGroupOptions = Pick<InOrderOptions, 'proposals'>;

/** Runs a client's operations one after another, each on a session that is kept for the next one only if it was done. */
export class OperationRunner {
  readonly #queue = new SerialQueue();
  #session: Session;

  constructor(
    readonly context: ClientContext,
    /** Ours as it is now: set it once a change of it is saved. */
    public account: Account,
    readonly pause: Pause,
  ) {
    this.#session = new Session(context);
  }

  /** What an operation did not save did not happen: after a refusal or a throw the next one starts from the store. */
  run<T>(operation: (session: Session) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    return this.#queue.run(async () => {
      const session = this.#session;
      this.#session = new Session(this.context);
      const outcome = await operation(session);
      if (outcome.ok) this.#session = session;
      return outcome;
    });
  }

  /** An operation that is all about one group that we are in. */
  on(
    group: string,
    operation: (session: Session, live: LiveGroup) => Promise<Outcome<void>>,
    options: OnGroupOptions = {},
  ): Promise<Outcome<void>> {
    return this.run((session) => this.inGroup(session, group, (live) => operation(session, live), options));
  }

  /** A part of an operation that is about one group. */
  inGroup(
    session: Session,
    name: string,
    operation: GroupOperation,
    options: OnGroupOptions = {},
  ): Promise<Outcome<void>> {
    return withActiveGroup(session, this.account, { ...options, name, pause: this.pause }, operation);
  }

  /** Takes another queue where ours is lost, puts groups in order and sends what waits, as far as that works. */
  async tend(session: Session): Promise<void> {
    const renewed = await renewQueue(session, this.account);
    if (renewed.ok) this.account = renewed.value;
    await markRevoked(session);
    await tendGroups(session, this.account, { pause: this.pause });
    await this.flush(session);
    await tendLeaves(session, this.account, { pause: this.pause });
    await tendPackages(session, this.account);
    await settleSuccessions(session);
  }

  /** Sends what waits; `last` is the message whose outcome it answers. */
  flush(session: Session, last?: string): Promise<Outcome<void>> {
    return flushOutbox(session, (own, group, operation) => this.inGroup(own, group, operation), last);
  }
}
