import { encode, type Outcome, sealedQueueConfig } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { queueConfigSealer } from '../packages/seal-queue-config.js';
import { updateQueueConfig } from '../services/ds-operations.js';
import { sendRequest } from './propose-commit.js';
import type { LiveGroup, Session } from './session.js';

/** Gives a group another queue config of ours, with a handle of its own: what the QS knew of the former one leads nowhere. */
export async function renewQueueConfig(
  session: Session,
  live: LiveGroup,
  account: Account,
): Promise<Outcome<void>> {
  const sealer = await queueConfigSealer(session.context, account.qsClient);
  if (!sealer.ok) return sealer;
  const queueConfig = encode(sealedQueueConfig, sealer.value());
  return sendRequest(session, live, updateQueueConfig, { queueConfig });
}
