import type { PhoenixCrypto } from '@phoenix/crypto';
import type { ClientCredential } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { drawAccount } from '../account/draw-account.js';
import type { Issued } from './credential-authority.js';

/** The account of a client that holds this credential; everything else is drawn. */
export function accountOf(crypto: PhoenixCrypto, { credential, keys }: Issued<ClientCredential>): Account {
  return { ...drawAccount(crypto, { credential, credentialKey: keys.privateKey }), recorded: 1 };
}
