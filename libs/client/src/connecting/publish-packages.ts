import {
  type ConnectionPackage,
  connectionPackageTbs,
  encode,
  LABELS,
  monthNumber,
  type Outcome,
  signedConnectionPackage,
} from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { clientKey } from '../credentials/client-key.js';
import type { Session } from '../groups/session.js';
import { publishConnectionPackages } from '../services/as-connection-operations.js';
import { makeConnectionPackages } from './make-connection-packages.js';
import { DIRECT, drawOfferQueue, OFFER_QUEUE, type OfferQueue } from './offer-queue.js';

/** Hands packages to the AS in place of all that a queue had there. */
export type Publish = (packages: readonly ConnectionPackage[], queue: OfferQueue) => Promise<Outcome<void>>;

/** Makes and publishes packages for a queue, private sides first; the queue notes the month. */
export async function publishFor(
  session: Session,
  name: string,
  { queue, oneTime, publish }: { queue: OfferQueue; oneTime: number; publish: Publish },
): Promise<Outcome<void>> {
  const { context, work } = session;
  const packages = await makeConnectionPackages(context, work, name, oneTime);
  work.put(OFFER_QUEUE, queue, name);
  await session.save();
  const published = await publish(packages, queue);
  if (!published.ok) return published;
  work.put(OFFER_QUEUE, { ...queue, published: monthNumber(context.clock.now()), oneTime }, name);
  await session.save();
  return published;
}

/**
 * Publishes `oneTime` packages that are used once and one last resort under our user id, in place of all that were there, each signed
 * with our client id (docs/protocol §5). The first publication makes the direct queue: before it nobody can offer us anything.
 */
export async function publishDirectPackages(
  session: Session,
  account: Account,
  oneTime: number,
): Promise<Outcome<void>> {
  const { context, work } = session;
  const { clientId } = account.credential.payload;
  const queue = (await work.get(OFFER_QUEUE, DIRECT)) ?? drawOfferQueue(context.crypto, clientId.uuid);
  const signed = (content: ConnectionPackage): Uint8Array => {
    const tbs = encode(connectionPackageTbs, { clientId, connectionPackage: content });
    const signature = context.crypto.signWithLabel(account.credentialKey, LABELS.connectionPackage, tbs);
    return encode(signedConnectionPackage, { connectionPackage: content, signature });
  };
  const publish: Publish = (packages, { encryption }) =>
    context.as.call(
      publishConnectionPackages,
      { queueEncryptionKey: encryption.publicKey, packages: packages.map(signed) },
      clientKey(account),
    );
  return publishFor(session, DIRECT, { queue, oneTime, publish });
}
