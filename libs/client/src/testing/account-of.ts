import type { PhoenixCrypto } from '@phoenix/crypto';
import type { ClientCredential } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import type { Issued } from './credential-authority.js';

/** The account of a client that holds this credential; everything else is drawn. */
export function accountOf(crypto: PhoenixCrypto, issued: Issued<ClientCredential>): Account {
  const { random, signer, hpke } = crypto;
  return {
    credential: issued.credential,
    credentialKey: issued.keys.privateKey,
    friendship: {
      friendshipToken: random.bytes(32),
      addPackageKey: random.bytes(32),
      attributionKey: random.bytes(32),
      profileKey: random.bytes(32),
    },
    qsUser: { id: random.uuid(), keys: signer.generateKeyPair() },
    qsClient: { id: random.uuid(), keys: signer.generateKeyPair() },
    queueEncryption: hpke.generateKeyPair(),
    recorded: 1,
  };
}
