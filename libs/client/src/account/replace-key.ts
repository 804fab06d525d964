import { done, type ErrorCode, type Outcome } from '@phoenix/wire';
import { CONNECTION } from '../connecting/connection-record.js';
import { DIRECT, OFFER_QUEUE } from '../connecting/offer-queue.js';
import { othersOf } from '../connecting/others.js';
import { publishDirectPackages } from '../connecting/publish-packages.js';
import { hex } from '../credentials/fingerprint.js';
import { issueKeySuccession } from '../credentials/key-succession.js';
import { obtainSuccessor } from '../credentials/obtain-successor.js';
import { saySuccession } from '../groups/hand-over.js';
import { isPresent } from '../groups/presence.js';
import type { Session } from '../groups/session.js';
import type { OperationRunner } from '../operation-runner.js';
import { publishAgainAtOnce, tendPackages } from '../packages/tend-packages.js';
import { ACCOUNT, type Account } from './account.js';
import { FORMER_KEY, NEXT_KEY } from './former-keys.js';

/** These say that a group is not ours any more: nobody there has to be told. */
const NOT_IN: readonly ErrorCode[] = ['FORBIDDEN', 'NOT_FOUND'];

/**
 * Replaces our credential key: every contact is told in its connection group, in the old key's name, before the AS is asked to sign the
 * new one, and so before any leaf has it. Key and succession are saved before anybody hears of them; whatever is refused or killed on the way
 * goes on with the next call. From then on packages carry the new key, and groups get it one after the other (docs/protocol §3).
 */
export async function replaceKey(operations: OperationRunner, session: Session): Promise<Outcome<void>> {
  const { work, context } = session;
  const next = (await work.get(NEXT_KEY)) ?? drawNext(session, operations.account);
  work.put(NEXT_KEY, next);
  await session.save();
  const told = await tellContacts(operations, session, next.succession);
  if (!told.ok) return told;
  const former = operations.account;
  const obtained = await obtainSuccessor(context, former, next);
  if (!obtained.ok) return obtained;
  const account = { ...former, credential: obtained.value, credentialKey: next.keys.privateKey };
  const { credential, credentialKey } = former;
  work.put(
    FORMER_KEY,
    { credential, credentialKey, succession: next.succession },
    hex(credential.payload.publicKey),
  );
  work.put(ACCOUNT, account);
  work.delete(NEXT_KEY);
  await publishAgainAtOnce(session);
  const queue = await work.get(OFFER_QUEUE, DIRECT);
  if (queue !== undefined) work.put(OFFER_QUEUE, { ...queue, published: 0 }, DIRECT);
  await session.save();
  operations.account = account;
  await publishUnder(session, account);
  return done();
}

function drawNext({ context: { crypto } }: Session, { credential, credentialKey }: Account) {
  const keys = crypto.signer.generateKeyPair();
  const holder = { credential, privateKey: credentialKey };
  return { keys, succession: issueKeySuccession(crypto, holder, keys.publicKey) };
}

/** In an order that says nothing of them: it is that of the groups' names, which the DS drew. */
async function tellContacts(
  operations: OperationRunner,
  session: Session,
  succession: Uint8Array,
): Promise<Outcome<void>> {
  for (const name of await session.work.names(CONNECTION)) {
    const live = await session.group(name);
    if (live === undefined || !isPresent(live) || othersOf(live).length === 0) continue;
    const told = await operations.inGroup(session, name, (group) =>
      saySuccession(session, group, succession),
    );
    if (!told.ok && !NOT_IN.includes(told.refusal.code)) return told;
  }
  return done();
}

/** What cannot be published now is published the next time something is received, or offers are asked for. */
async function publishUnder(session: Session, account: Account): Promise<void> {
  await tendPackages(session, account);
  const queue = await session.work.get(OFFER_QUEUE, DIRECT);
  if (queue !== undefined) await publishDirectPackages(session, account, queue.oneTime);
}
