import type { ClientCredential } from '@phoenix/wire';
import { ACCOUNT } from '../account/account.js';
import type { ClientStore } from '../store/client-store.js';
import { UnitOfWork } from '../store/unit-of-work.js';
import type { Issued } from './credential-authority.js';

/** Has a registered client go by another credential: what somebody does whom an AS has signed one for. */
export async function impersonate(
  store: ClientStore,
  { credential, keys }: Issued<ClientCredential>,
): Promise<void> {
  const work = new UnitOfWork(store);
  const account = await work.get(ACCOUNT);
  if (account === undefined) throw new Error('nobody is registered in this store');
  work.put(ACCOUNT, { ...account, credential, credentialKey: keys.privateKey });
  await work.save();
}
