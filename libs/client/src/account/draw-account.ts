import type { PhoenixCrypto } from '@phoenix/crypto';
import type { Account } from './account.js';

/** An account that no record at the QS belongs to yet: for a credential, ids and keys that have nothing to do with it. */
export function drawAccount(
  crypto: PhoenixCrypto,
  own: Pick<Account, 'credential' | 'credentialKey'>,
): Account {
  const { random } = crypto;
  return {
    ...own,
    friendship: {
      friendshipToken: random.bytes(32),
      addPackageKey: random.bytes(32),
      attributionKey: random.bytes(32),
      profileKey: random.bytes(32),
    },
    ...drawRecord(crypto),
    recorded: 0,
  };
}

/** Who we are to the QS, anew. */
export function drawRecord({
  random,
  signer,
  hpke,
}: PhoenixCrypto): Pick<Account, 'qsUser' | 'qsClient' | 'queueEncryption'> {
  return {
    qsUser: { id: random.uuid(), keys: signer.generateKeyPair() },
    qsClient: { id: random.uuid(), keys: signer.generateKeyPair() },
    queueEncryption: hpke.generateKeyPair(),
  };
}
