import { done, formatUuid, type Outcome } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { recordOwnerKey } from '../account/request-keys.js';
import type { ClientContext } from '../client-context.js';
import { hex } from '../credentials/fingerprint.js';
import { publishAddPackages as publish } from '../services/qs-operations.js';
import { UnitOfWork } from '../store/unit-of-work.js';
import { makeAddPackage, type MadePackage } from './make-add-package.js';
import { PACKAGE } from './own-package.js';
import { drawDue } from './draw-due.js';
import { PUBLISHED } from './published-packages.js';
import { queueConfigSealer } from './seal-queue-config.js';

/**
 * Publishes `oneTime` packages that are used once and one last resort, in place of all that were there. Private halves are
 * saved first; older ones are kept until they expire, since Welcomes to them may be on their way.
 */
export async function publishAddPackages(
  context: ClientContext,
  account: Account,
  oneTime: number,
): Promise<Outcome<void>> {
  const sealer = await queueConfigSealer(context, account.qsClient);
  if (!sealer.ok) return sealer;
  const made: MadePackage[] = [];
  for (let i = 0; i <= oneTime; i++)
    made.push(await makeAddPackage(context, account, sealer.value, i === oneTime));
  const work = new UnitOfWork(context.store);
  await dropExpired(context, work);
  for (const { own } of made) work.put(PACKAGE, own, hex(own.ref));
  await work.save();
  const input = {
    clientId: formatUuid(account.qsClient.id),
    addPackages: made.map(({ published }) => published),
  };
  const published = await context.qs.call(publish, input, recordOwnerKey('qs-client', account.qsClient));
  if (!published.ok) return published;
  const [first] = made;
  if (first !== undefined)
    work.put(PUBLISHED, { oneTime, due: drawDue(context.crypto.random, first.own.notAfter) });
  await work.save();
  return done();
}

async function dropExpired({ clock }: ClientContext, work: UnitOfWork): Promise<void> {
  const now = BigInt(Math.floor(clock.now() / 1000));
  for (const name of await work.names(PACKAGE)) {
    const own = await work.get(PACKAGE, name);
    if (own !== undefined && own.notAfter < now) work.delete(PACKAGE, name);
  }
}
