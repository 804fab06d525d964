import { done, formatUserId, type Outcome, refuse } from '@phoenix/wire';
import { ACCOUNT, type Account } from './account/account.js';
import { toldIfGone } from './account/gone.js';
import { AliasOperations } from './aliases/alias-operations.js';
import type { ClientContext } from './client-context.js';
import { type ClientOptions, contextOf, pauseOf } from './client-options.js';
import { ConnectionOperations } from './connecting/connection-operations.js';
import { tendConnections } from './connecting/tend-connections.js';
import { acceptCard } from './contacts/accept-card.js';
import { invite } from './contacts/invite.js';
import { ownCard } from './contacts/own-card.js';
import { addMembers } from './groups/add-members.js';
import { changeRoles } from './groups/change-roles.js';
import { createConnectionGroup, joinConnectionGroup } from './groups/connection-group.js';
import { createGroup } from './groups/create-group.js';
import { deleteGroup } from './groups/delete-group.js';
import { type GroupView, viewsOf } from './groups/group-view.js';
import { leaveGroup } from './groups/leave-group.js';
import { mayAdd } from './groups/may-add.js';
import { removeMembers } from './groups/remove-members.js';
import { renewQueueConfig } from './groups/renew-queue-config.js';
import { resyncGroup } from './groups/resync-group.js';
import type { LiveGroup } from './groups/session.js';
import { updateOwnLeaf } from './groups/update-own-leaf.js';
import { INBOX, type ReceivedEvent, unconfirmed } from './messages/inbox.js';
import { receiveQueue } from './messages/receive-queue.js';
import { enqueueMessage } from './messages/send-message.js';
import { OperationRunner } from './operation-runner.js';
import { publishAddPackages } from './packages/publish-add-packages.js';
import { ProfileOperations } from './profiles/profile-operations.js';
import { AccountOperations } from './registration/account-operations.js';
import { registerClient } from './registration/register-client.js';
import type { NewAccount } from './registration/registration-options.js';
import { UnitOfWork } from './store/unit-of-work.js';

/**
 * One user's client. Groups and users are named `uuid@domain`. Operations run one after another; what the services or others'
 * data refuse comes back as an Outcome, and an operation that was refused has changed nothing but what its own words say.
 */
export class PhoenixClient {
  readonly #operations: OperationRunner;
  /** The account itself: its credential, its password, its end. */
  readonly account: AccountOperations;
  readonly profiles: ProfileOperations;
  /** Whom we know, and how we come to know them. */
  readonly connections: ConnectionOperations;
  readonly aliases: AliasOperations;

  private constructor(context: ClientContext, account: Account, options: ClientOptions) {
    this.#operations = new OperationRunner(context, account, pauseOf(options));
    this.account = new AccountOperations(this.#operations);
    this.profiles = new ProfileOperations(this.#operations);
    this.connections = new ConnectionOperations(this.#operations);
    this.aliases = new AliasOperations(this.#operations);
  }

  /**
   * Registers a new user, and goes on with a registration that was interrupted. ALREADY_EXISTS: `open` the store instead, unless
   * `account-gone` was told: then the new user takes the place of the old one, and its groups, contacts and keys are dropped.
   */
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

  get #account(): Account {
    return this.#operations.account;
  }

  /** Our user id, `uuid@domain`. */
  get userId(): string {
    return formatUserId(this.#account.credential.payload.clientId.user);
  }

  /** Publishes `oneTime` add packages and a last resort, in place of all that were there: without any, nobody can add us. */
  publishAddPackages(oneTime = 20): Promise<Outcome<void>> {
    return this.#operations.run(() => publishAddPackages(this.#operations.context, this.#account, oneTime));
  }

  /** Our card, for a friend, out of band: whoever has it can add us to groups. */
  contactCard(): Promise<Outcome<Uint8Array>> {
    return this.#operations.run(() => ownCard(this.#operations.context, this.#account));
  }

  /** Takes a friend's card; the friend's user id. */
  addContact(card: Uint8Array): Promise<Outcome<string>> {
    return this.#operations.run((session) => acceptCard(session, card));
  }

  /** A new group with us as its admin; its name. */
  createGroup(): Promise<Outcome<string>> {
    return this.#operations.run(async (session) => {
      const created = await createGroup(session, this.#account);
      return created.ok ? done(created.value.name) : created;
    });
  }

  /**
   * A new group for two, and the offer by which one other client joins it by itself: `expected`, or whoever comes with the offer. To be
   * handed over as the secret that it is.
   */
  createConnectionGroup(expected?: string): Promise<Outcome<{ group: string; offer: Uint8Array }>> {
    return this.#operations.run((session) => createConnectionGroup(session, this.#account, expected));
  }

  /** Joins the group of an offer; its name. */
  joinConnectionGroup(offer: Uint8Array): Promise<Outcome<string>> {
    return this.#operations.run((session) => joinConnectionGroup(session, this.#account, offer));
  }

  /** Adds contacts to a group that we administer. A package that does not verify is refused before it is used. */
  addMembers(group: string, users: readonly string[]): Promise<Outcome<void>> {
    return this.#operations.run(async (session) => {
      const allowed = await mayAdd(session, group, users);
      if (!allowed.ok) return allowed;
      const invitees = await invite(session, users);
      if (!invitees.ok) return invitees;
      return this.#operations.inGroup(session, group, async (live) => {
        // What was pending, or another admin, may have added them meanwhile.
        const still = await mayAdd(session, group, users);
        return still.ok ? addMembers(session, live, this.#account, invitees.value) : still;
      });
    });
  }

  /** Removes users from a group that we administer. */
  removeMembers(group: string, users: readonly string[]): Promise<Outcome<void>> {
    const found = new Set<string>();
    return this.#operations.on(group, (session, live) => removeMembers(session, live, users, found), {
      proposals: 'with',
    });
  }

  /** Makes members of a group that we administer admins as well. */
  promote(group: string, users: readonly string[]): Promise<Outcome<void>> {
    return this.#operations.on(group, (session, live) => changeRoles(session, live, { promote: users }));
  }

  /** Takes from admins that they are; ourselves may be among them, but somebody stays. */
  demote(group: string, users: readonly string[]): Promise<Outcome<void>> {
    return this.#operations.on(group, (session, live) => changeRoles(session, live, { demote: users }));
  }

  /** Replaces our keys in a group, which heals it if they were stolen; with `newPseudonym` the DS knows us by another name. */
  updateClient(group: string, options = { newPseudonym: false }): Promise<Outcome<void>> {
    return this.#operations.on(
      group,
      (session, live) => updateOwnLeaf(session, live, this.#account, options),
      { proposals: 'with' },
    );
  }

  /**
   * Asks to be removed from a group: nothing is sent to it from then on, and we are out, and told so, when somebody has committed it. The
   * last admin is refused: promote someone, or delete the group.
   */
  leave(group: string): Promise<Outcome<void>> {
    return this.#operations.on(group, leaveGroup, { proposals: 'unheeded' });
  }

  /** Deletes a group that we administer, for everyone. */
  deleteGroup(group: string): Promise<Outcome<void>> {
    return this.#operations.on(group, deleteGroup, { proposals: 'with' });
  }

  /** Commits what others, or the DS, have proposed; every other operation does so, too, before its own doing. */
  commitPending(group: string): Promise<Outcome<void>> {
    return this.#operations.on(group, () => Promise.resolve(done()));
  }

  /** Comes back to a group anew, by a commit from outside. Groups that have lost us are brought back without being asked for. */
  resync(group: string): Promise<Outcome<void>> {
    return this.#operations.run(async (session) => {
      const before = (await session.group(group))?.mls;
      const options = { pause: this.#operations.pause, always: true };
      const again = (live: LiveGroup) =>
        live.mls === before ? resyncGroup(session, this.#account, live, options) : Promise.resolve(done());
      return this.#operations.inGroup(session, group, again, { proposals: 'unheeded' });
    });
  }

  /** Replaces our queue config in a group: what the QS could recognise there leads nowhere. */
  renewQueueConfig(group: string): Promise<Outcome<void>> {
    return this.#operations.on(group, (session, live) => renewQueueConfig(session, live, this.#account), {
      proposals: 'unheeded',
    });
  }

  /** See `ProfileOperations.changeKey`. */
  changeProfileKey(): Promise<Outcome<void>> {
    return this.profiles.changeKey();
  }

  /**
   * Sends a message to everyone in a group. When it resolves to a value the DS has it, for good. After UNAVAILABLE, or a fault of the
   * DS, the message is kept and goes out with the next `send` or `receive`; should it be refused for good then, `receive` says so.
   */
  send(group: string, body: Uint8Array): Promise<Outcome<void>> {
    return this.#operations.run(async (session) => {
      const name = await enqueueMessage(session, group, { kind: 'content', body });
      await session.save();
      return this.#operations.flush(session, name);
    });
  }

  /** Sends what earlier calls of `send` have kept. Refuses with UNAVAILABLE while something has to wait on. */
  flush(): Promise<Outcome<void>> {
    return this.#operations.run((session) => this.#operations.flush(session));
  }

  /** Reads the queue to its end, puts groups in order and sends what waits, as far as that works; what is unconfirmed, oldest first. */
  async receive(): Promise<Outcome<ReceivedEvent[]>> {
    // What cannot be renewed now is renewed the next time: there are weeks for it.
    await this.account.renewCredential();
    const read = await this.#operations.run(async (session) => {
      const ready = await this.#operations.context.directories.current();
      if (!ready.ok) return ready;
      const received = await receiveQueue(session, this.#account);
      if (!received.ok) return received;
      await this.#operations.tend(session);
      await tendConnections(this.#operations, session);
      return done(await unconfirmed(session.work));
    });
    return read.ok ? read : toldIfGone(this.#operations.context, read);
  }

  /** Forgets events that the user has seen: what was not confirmed is there again after a crash. */
  confirm(events: readonly ReceivedEvent[]): Promise<Outcome<void>> {
    return this.#operations.run(async (session) => {
      for (const { receipt } of events) session.work.delete(INBOX, receipt);
      await session.save();
      return done();
    });
  }

  /** All groups that we are or were in. */
  groups(): Promise<Outcome<GroupView[]>> {
    return this.#operations.run(async (session) => done(await viewsOf(session)));
  }
}
