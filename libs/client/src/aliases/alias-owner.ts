import { connectionPackage, encode, type ErrorCode, type Outcome, refuse } from '@phoenix/wire';
import type { KeyPair } from '../account/account.js';
import { CONNECTION_PACKAGE } from '../connecting/own-connection-package.js';
import { OFFER_QUEUE } from '../connecting/offer-queue.js';
import { type Publish, publishFor } from '../connecting/publish-packages.js';
import type { Session } from '../groups/session.js';
import { publishAliasPackages } from '../services/as-connection-operations.js';
import type { RequestKey } from '../transport/request-signer.js';
import type { UnitOfWork } from '../store/unit-of-work.js';
import { ALIAS } from './own-alias.js';

/** The AS says by these that an alias is nobody's, or another's. */
const GONE: readonly ErrorCode[] = ['NOT_FOUND', 'SIGNATURE_INVALID'];

/** Signs as the owner of an alias, whoever that is. */
export function aliasKey(alias: string, { privateKey }: KeyPair): RequestKey {
  return { keyId: { kind: 'alias', name: alias }, privateKey };
}

/** The refusal of an alias that is none of ours. */
export function notOurs(): Outcome<never> {
  return refuse('NOT_FOUND', { rule: 'client.alias.own' });
}

/** Calls something as the owner of one of our aliases. Refuses with NOT_FOUND for others; forgets one that is ours no more. */
export async function asOwner<T>(
  session: Session,
  alias: string,
  call: (key: RequestKey) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const own = await session.work.get(ALIAS, alias);
  if (own === undefined) return notOurs();
  const answer = await call(aliasKey(alias, own.keys));
  if (!answer.ok && GONE.includes(answer.refusal.code)) {
    await forgetAlias(session.work, alias);
    await session.keep([{ kind: 'alias-gone', alias }]);
  }
  return answer;
}

/** Forgets all that is of an alias: offers that came by it stay, they are of users. */
export async function forgetAlias(work: UnitOfWork, alias: string): Promise<void> {
  work.delete(ALIAS, alias);
  work.delete(OFFER_QUEUE, alias);
  for (const name of await work.names(CONNECTION_PACKAGE))
    if ((await work.get(CONNECTION_PACKAGE, name))?.queue === alias) work.delete(CONNECTION_PACKAGE, name);
}

/** Publishes bare packages under an alias: a signature would say whose they are (docs/protocol §5). */
export async function publishUnderAlias(
  session: Session,
  alias: string,
  oneTime: number,
): Promise<Outcome<void>> {
  const own = await session.work.get(ALIAS, alias);
  const queue = await session.work.get(OFFER_QUEUE, alias);
  if (own === undefined || queue === undefined) return notOurs();
  const publish: Publish = (packages) => {
    const encoded = packages.map((content) => encode(connectionPackage, content));
    return asOwner(session, alias, (key) =>
      session.context.as.call(publishAliasPackages, { alias, packages: encoded }, key),
    );
  };
  return publishFor(session, alias, { queue, oneTime, publish });
}
