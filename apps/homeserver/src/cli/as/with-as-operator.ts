import { type AsOperator, openAsOperator } from '@phoenix/as';
import { nodeCrypto } from '@phoenix/crypto';
import { deriveConfig } from '../../config/config.js';
import { readSettings } from '../../config/env.js';
import { databaseOf } from '../database-of.js';

/** Does something to the AS that the settings of this process lead to, and leaves its database as it was found. */
export async function withAsOperator(work: (operator: AsOperator) => Promise<void>): Promise<void> {
  const database = await databaseOf(deriveConfig(readSettings()), 'as');
  try {
    const operator = await openAsOperator(database.url, nodeCrypto());
    await work(operator).finally(() => operator.close());
  } finally {
    await database.close();
  }
}
