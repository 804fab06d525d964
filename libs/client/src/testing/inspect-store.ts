import { ACCOUNT, type Account } from '../account/account.js';
import { GROUP, type GroupRecord } from '../groups/group-record.js';
import { type OwnPackage, PACKAGE } from '../packages/own-package.js';
import type { ClientStore } from '../store/client-store.js';
import type { RecordKind } from '../store/record-kind.js';
import { UnitOfWork } from '../store/unit-of-work.js';

/** What a client knows and nobody else should: to look for it elsewhere. */
export interface ClientSecrets {
  readonly account: Account;
  readonly groups: readonly GroupRecord[];
  readonly packages: readonly OwnPackage[];
}

/** All that a registered client keeps in its store. */
export async function inspectStore(store: ClientStore): Promise<ClientSecrets> {
  const work = new UnitOfWork(store);
  const account = await work.get(ACCOUNT);
  if (account === undefined) throw new Error('nobody is registered in this store');
  return { account, groups: await all(work, GROUP), packages: await all(work, PACKAGE) };
}

async function all<T>(work: UnitOfWork, kind: RecordKind<T>): Promise<T[]> {
  const names = await work.names(kind);
  return Promise.all(names.map(async (name) => (await work.get(kind, name))!));
}
