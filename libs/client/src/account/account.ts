import { clientCredential, type CodecValue, fixed, friendshipKeys, struct, u8 } from '@phoenix/wire';
import { recordKind } from '../store/record-kind.js';

/** An Ed25519 or X25519 key pair, 32 bytes each; of Ed25519 the private half is the seed. */
export const keyPair = struct({ publicKey: fixed(32), privateKey: fixed(32) });
export type KeyPair = CodecValue<typeof keyPair>;

/** A pseudonymous record at the QS: a UUID that we drew, and the key that signs for it. */
export const qsIdentity = struct({ id: fixed(16), keys: keyPair });
export type QsIdentity = CodecValue<typeof qsIdentity>;

/**
 * Who this client is: towards its contacts (the credential) and, unrelated to that, towards the QS. All of it is
 * secret; the store is the one place that knows both. `recorded` is 1 once the QS has the records.
 */
export const account = struct({
  credential: clientCredential,
  credentialKey: fixed(32),
  friendship: friendshipKeys,
  qsUser: qsIdentity,
  qsClient: qsIdentity,
  queueEncryption: keyPair,
  recorded: u8,
});
export type Account = CodecValue<typeof account>;

/** There is one. */
export const ACCOUNT = recordKind('account', account);
