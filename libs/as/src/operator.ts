import type { PhoenixCrypto } from '@phoenix/crypto';
import { openAsDatabase } from './adapters/typeorm/data-source.js';
import { TypeormRegistrationStore } from './adapters/typeorm/typeorm-registration-store.js';
import { Invitations } from './service/invitations.js';

/** Migrations hold one while they use another. */
const CONNECTIONS = 2;

/** What an operator does to an AS beside the running service, on its database. */
export interface AsOperator {
  readonly invitations: Invitations;
  close(): Promise<void>;
}

/** Connects to an AS's database, bringing its schema up to date, whether or not the service runs. */
export async function openAsOperator(databaseUrl: string, crypto: PhoenixCrypto): Promise<AsOperator> {
  const dataSource = await openAsDatabase(databaseUrl, CONNECTIONS);
  const invitations = new Invitations(new TypeormRegistrationStore(dataSource), crypto);
  return { invitations, close: () => dataSource.destroy() };
}
