import { nodeCrypto } from '@phoenix/crypto';
import type { ClientRecord, UserRecord } from '../domain/records.js';

const crypto = nodeCrypto();
export const MONTH = 675;

/** Records with random ids and keys. */
export function sampleRecords(): { user: UserRecord; client: ClientRecord } {
  const userId = crypto.random.uuid();
  return {
    user: { userId, userKey: crypto.random.bytes(32), friendshipHash: crypto.random.bytes(32) },
    client: {
      userId,
      clientId: crypto.random.uuid(),
      clientKey: crypto.random.bytes(32),
      activeMonth: MONTH,
    },
  };
}
