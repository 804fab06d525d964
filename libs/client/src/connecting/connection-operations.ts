import { done, type Outcome, refuse } from '@phoenix/wire';
import { receiveDue } from '../aliases/receive-alias-offers.js';
import { CONTACT } from '../contacts/contact.js';
import { knownKeys } from '../contacts/known-keys.js';
import { safetyNumber } from '../contacts/safety-number.js';
import type { Session } from '../groups/session.js';
import { type ReceivedEvent, unconfirmed } from '../messages/inbox.js';
import type { OperationRunner } from '../operation-runner.js';
import { acceptOffer } from './accept-offer.js';
import { connectionWith, prepareOffer } from './connect.js';
import { publishDirectPackages } from './publish-packages.js';
import { OFFER } from './received-offer.js';
import { CONNECTION } from './connection-record.js';
import { dropContact } from './rotate-friendship.js';
import { sendOffer } from './send-offer.js';
import { readTarget } from './target.js';
import { tendConnections } from './tend-connections.js';

/** How people who have not met become contacts, and stop being contacts. */
export class ConnectionOperations {
  constructor(private readonly operations: OperationRunner) {}

  /**
   * Publishes `oneTime` (at most 99) packages and a last resort under our user id, in place of all that were there: without any, nobody
   * can connect by it. `receiveOffers` publishes anew with each month.
   */
  publishPackages(oneTime = 20): Promise<Outcome<void>> {
    return this.operations.run((session) => publishDirectPackages(session, this.operations.account, oneTime));
  }

  /**
   * Offers `uuid@domain` or `alias@domain` a connection: the name of the group in which we become contacts if the offer is accepted,
   * which `deleteGroup` withdraws. Whose own offer waits is accepted instead. Asked again it sends what got no answer. Refuses with
   * NOT_FOUND where nobody is found, ALREADY_EXISTS for whom we are connected with.
   */
  connect(target: string): Promise<Outcome<string>> {
    return this.operations.run((session) => this.#connect(session, target));
  }

  /**
   * Asks for offers under our user id and all aliases, one after the other in an order drawn at random; what is unconfirmed, oldest first.
   * `receive` does not: at the AS we are known by name, so ask at another time than for messages.
   */
  receiveOffers(): Promise<Outcome<ReceivedEvent[]>> {
    return this.operations.run(async (session) => {
      const received = await receiveDue(session, this.operations.account);
      return received.ok ? done(await unconfirmed(session.work)) : received;
    });
  }

  /** Accepts the newest offer of a user (`uuid@domain`); the name of the group in which we become contacts. */
  accept(user: string): Promise<Outcome<string>> {
    return this.operations.run((session) => this.#accept(session, user));
  }

  /** Forgets the offer of a user, who learns nothing. */
  reject(user: string): Promise<Outcome<void>> {
    return this.operations.run(async (session) => {
      session.work.delete(OFFER, user);
      await session.save();
      return done();
    });
  }

  /** The users whose offers wait for an answer. */
  offers(): Promise<Outcome<string[]>> {
    return this.operations.run(async (session) => done(await session.work.names(OFFER)));
  }

  /** All whom we can add to groups. */
  contacts(): Promise<Outcome<string[]>> {
    return this.operations.run(async (session) => done(await session.work.names(CONTACT)));
  }

  /**
   * Removes a contact: our friendship keys are drawn anew, packages published anew, the other contacts told in their connection groups,
   * and the one with the removed is deleted or left. What is interrupted goes on with the next `receive`. Contacts by card need
   * another card. Refuses with NOT_FOUND.
   */
  removeContact(user: string): Promise<Outcome<void>> {
    return this.operations.run(async (session) => {
      const dropped = await dropContact(this.operations, session, user);
      if (!dropped.ok) return dropped;
      await tendConnections(this.operations, session);
      await this.operations.tend(session);
      return done();
    });
  }

  /**
   * The 60 digits that a contact sees of us, too, unless somebody between us has given one of us another key. NOT_FOUND for who is no
   * contact, or one by card whom we have not met in a group yet.
   */
  safetyNumber(user: string): Promise<Outcome<string>> {
    return this.operations.run(async (session) => {
      const { work, context } = session;
      const contact = await work.get(CONTACT, user);
      const newest = (await knownKeys(session)).get(user)?.at(-1);
      if (contact === undefined || newest === undefined)
        return refuse('NOT_FOUND', { rule: 'client.contact.known' });
      const { clientId, publicKey } = this.operations.account.credential.payload;
      const self = { user: clientId.user, credentialKey: publicKey };
      const other = { user: contact.userId, credentialKey: newest };
      return done(safetyNumber(context.crypto, self, other));
    });
  }

  async #connect(session: Session, text: string): Promise<Outcome<string>> {
    const target = readTarget(text, this.operations.context.domain);
    if (!target.ok) return target;
    if ((await session.work.get(OFFER, target.value.written)) !== undefined)
      return this.#accept(session, target.value.written);
    const asked = await connectionWith(session, target.value);
    if (asked?.record.greeted === 1) return refuse('ALREADY_EXISTS', { rule: 'client.contact.new' });
    const prepared =
      asked === undefined
        ? await prepareOffer(session, this.operations.account, target.value)
        : done(asked.group);
    if (!prepared.ok) return prepared;
    const sent = await sendOffer(session, prepared.value, 'now');
    if (sent.ok) return prepared;
    const kept = await session.work.get(CONNECTION, prepared.value);
    if (kept?.ending === 1) await tendConnections(this.operations, session);
    return sent;
  }

  async #accept(session: Session, user: string): Promise<Outcome<string>> {
    const joined = await acceptOffer(session, this.operations.account, user);
    if (joined.ok) await tendConnections(this.operations, session);
    return joined;
  }
}
