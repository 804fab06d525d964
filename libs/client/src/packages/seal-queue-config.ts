import {
  done,
  encode,
  LABELS,
  type Outcome,
  queueConfig,
  queueConfigTbs,
  type SealedQueueConfig,
  utf8,
} from '@phoenix/wire';
import type { QsIdentity } from '../account/account.js';
import type { ClientContext } from '../client-context.js';
import { queueConfigKey } from '../services/qs-operations.js';

/** Makes queue configs for one client record: each with a random handle of its own and, until there is push, no push key. */
export type QueueConfigSealer = () => SealedQueueConfig;

/** Fetches the QS's key once, for as many configs as are needed now (docs/protocol §6). */
export async function queueConfigSealer(
  { crypto, qs, domain }: ClientContext,
  owner: QsIdentity,
): Promise<Outcome<QueueConfigSealer>> {
  const key = await qs.call(queueConfigKey);
  if (!key.ok) return key;
  return done(() => {
    const tbs = { clientId: owner.id, handle: crypto.random.uuid(), pushTokenKey: new Uint8Array(32) };
    const signed = encode(queueConfigTbs, tbs);
    const signature = crypto.signWithLabel(owner.keys.privateKey, LABELS.queueConfig, signed);
    const content = encode(queueConfig, { ...tbs, signature });
    const sealed = crypto.sealWithLabel(key.value, LABELS.queueConfig, utf8(domain), content);
    content.fill(0);
    return { domain, sealed };
  });
}
