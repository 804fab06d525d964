import { done, formatUserId, type Outcome, refuse } from '@phoenix/wire';
import { ACCOUNT, type Account } from './account/account.js';
import type { ClientContext } from './client-context.js';
import { type ClientOptions, contextOf, pauseOf } from './client-options.js';
import { acceptCard } from './contacts/accept-card.js';
import { invite } from './contacts/invite.js';
import { ownCard } from './contacts/own-card.js';
import { addMembers } from './groups/add-members.js';
import { createGroup } from './groups/create-group.js';
import { GROUP } from './groups/group-record.js';
import { type GroupView, viewOf } from './groups/group-view.js';
import { mayAdd } from './groups/may-add.js';
import { removeMembers } from './groups/remove-members.js';
import { Session } from './groups/session.js';
import { updateOwnLeaf } from './groups/update-own-leaf.js';
import { type GroupOperation, withActiveGroup } from './groups/with-active-group.js';
import { INBOX, type ReceivedEvent, unconfirmed } from './messages/inbox.js';
import { flushOutbox } from './messages/flush-outbox.js';
import { receiveQueue } from './messages/receive-queue.js';
import { enqueueMessage } from './messages/send-message.js';
import { SerialQueue } from './mls/serial-queue.js';
import { publishAddPackages } from './packages/publish-add-packages.js';
import { registerClient } from './registration/register-client.js';
import type { NewAccount } from './registration/registration-options.js';
import type { Pause } from './services/service.js';
import { UnitOfWork } from './store/unit-of-work.js';

/**
 * One user's client. Groups and users are named `uuid@domain`. Operations run one after another; what the services or others'
 * data refuse comes back as an Outcome, and an operation that was refused has changed nothing but what its own words say.
 */
export class PhoenixClient {
  readonly #queue = new SerialQueue();
  readonly #pause: Pause;
  #session: Session;

  private constructor(
    private readonly context: ClientContext,
    private readonly account: Account,
    options: ClientOptions,
  ) {
    this.#session = new Session(context);
    this.#pause = pauseOf(options);
  }

  /** Registers a new user, and goes on with a registration that was interrupted. ALREADY_EXISTS: `open` the store instead. */
  static async register(options: ClientOptions & NewAccount): Promise<Outcome<PhoenixClient>> {
    const context = contextOf(options);
    const account = await registerClient(context, options);
    return account.ok ? done(new PhoenixClient(context, account.value, options)) : account;
  }

  /** The client whose state a store keeps; NOT_FOUND when no registration was completed in it. */
  static async open(options: ClientOptions): Promise<Outcome<PhoenixClient>> {
    const context = contextOf(options);
    const account = await new UnitOfWork(options.store).get(ACCOUNT);
    return account?.recorded === 1
      ? done(new PhoenixClient(context, account, options))
      : refuse('NOT_FOUND', { rule: 'client.account' });
  }

  /** Our user id, `uuid@domain`. */
  get userId(): string {
    return formatUserId(this.account.credential.payload.clientId.user);
  }

  /** Publishes `oneTime` add packages and a last resort, in place of all that were there: without any, nobody can add us. */
  publishAddPackages(oneTime = 20): Promise<Outcome<void>> {
    return this.#run(() => publishAddPackages(this.context, this.account, oneTime));
  }

  /** Our card, for a friend, out of band: whoever has it can add us to groups. */
  contactCard(): Promise<Outcome<Uint8Array>> {
    return this.#run(() => ownCard(this.context, this.account));
  }

  /** Takes a friend's card; the friend's user id. */
  addContact(card: Uint8Array): Promise<Outcome<string>> {
    return this.#run((session) => acceptCard(session, card));
  }

  /** A new group with us as its admin; its name. */
  createGroup(): Promise<Outcome<string>> {
    return this.#run((session) => createGroup(session, this.account));
  }

  /** Adds contacts to a group that we administer. A package that does not verify is refused before it is used. */
  addMembers(group: string, users: readonly string[]): Promise<Outcome<void>> {
    return this.#run(async (session) => {
      const allowed = await mayAdd(session, group, users);
      if (!allowed.ok) return allowed;
      const invitees = await invite(session, users);
      if (!invitees.ok) return invitees;
      return this.#inGroup(session, group, async (live) => {
        // What was pending, or another admin, may have added them meanwhile.
        const still = await mayAdd(session, group, users);
        return still.ok ? addMembers(session, live, this.account, invitees.value) : still;
      });
    });
  }

  /** Removes users from a group that we administer. */
  removeMembers(group: string, users: readonly string[]): Promise<Outcome<void>> {
    return this.#run((session) =>
      this.#inGroup(session, group, (live) => removeMembers(session, live, users)),
    );
  }

  /** Replaces our keys in a group, which heals it if they were stolen; with `newPseudonym` the DS knows us by another name. */
  updateClient(group: string, options = { newPseudonym: false }): Promise<Outcome<void>> {
    return this.#run((session) =>
      this.#inGroup(session, group, (live) => updateOwnLeaf(session, live, this.account, options)),
    );
  }

  /**
   * Sends a message to everyone in a group. When it resolves to a value the DS has it, for good. After UNAVAILABLE, or a fault of the
   * DS, the message is kept and goes out with the next `send` or `receive`; should it be refused for good then, `receive` says so.
   */
  send(group: string, body: Uint8Array): Promise<Outcome<void>> {
    return this.#run(async (session) => {
      const name = await enqueueMessage(session, group, body);
      await session.save();
      return this.#flush(session, name);
    });
  }

  /** Sends what earlier calls of `send` have kept. Refuses with UNAVAILABLE while something has to wait on. */
  flush(): Promise<Outcome<void>> {
    return this.#run((session) => this.#flush(session));
  }

  /** Reads the queue to its end, and sends what waits as far as that works; everything that was not confirmed yet, oldest first. */
  receive(): Promise<Outcome<ReceivedEvent[]>> {
    return this.#run(async (session) => {
      const ready = await this.context.directories.current();
      if (!ready.ok) return ready;
      const received = await receiveQueue(session, this.account);
      if (!received.ok) return received;
      await this.#flush(session);
      return done(await unconfirmed(session.work));
    });
  }

  /** Forgets events that the user has seen: what was not confirmed is there again after a crash. */
  confirm(events: readonly ReceivedEvent[]): Promise<Outcome<void>> {
    return this.#run(async (session) => {
      for (const { receipt } of events) session.work.delete(INBOX, receipt);
      await session.save();
      return done();
    });
  }

  /** All groups that we are or were in. */
  groups(): Promise<Outcome<GroupView[]>> {
    return this.#run(async (session) => {
      const views: GroupView[] = [];
      for (const name of await session.work.names(GROUP)) {
        const live = await session.group(name);
        if (live !== undefined) views.push(viewOf(live));
      }
      return done(views);
    });
  }

  #flush(session: Session, last?: string): Promise<Outcome<void>> {
    return flushOutbox(session, (own, group, operation) => this.#inGroup(own, group, operation), last);
  }

  #inGroup(session: Session, name: string, operation: GroupOperation): Promise<Outcome<void>> {
    return withActiveGroup(session, this.account, { name, pause: this.#pause }, operation);
  }

  /** What an operation did not save did not happen: after a refusal or a throw the next one starts from the store. */
  #run<T>(operation: (session: Session) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    return this.#queue.run(async () => {
      const session = this.#session;
      this.#session = new Session(this.context);
      const outcome = await operation(session);
      if (outcome.ok) this.#session = session;
      return outcome;
    });
  }
}
