import {
  type ClientCredential,
  clientCredential,
  clientCsr,
  clientCsrTbs,
  decode,
  encode,
  LABELS,
  type Outcome,
  tryDecode,
} from '@phoenix/wire';
import type { Account, KeyPair } from '../account/account.js';
import type { ClientContext } from '../client-context.js';
import { renewClientCredential } from '../services/as-operations.js';
import { clientKey } from './client-key.js';
import { invalidCredential } from './credential-rule.js';
import { verifyOwnCredential } from './verify-own-credential.js';

/**
 * Our credential over the key that follows. The AS knows us by one key at a time: where it does not know the present one any more it
 * may have signed the next before, and the answer was lost; then it renews that one. Refuses what it makes of it as others would.
 */
export async function obtainSuccessor(
  context: ClientContext,
  account: Account,
  { keys, succession }: { readonly keys: KeyPair; readonly succession: Uint8Array },
): Promise<Outcome<ClientCredential>> {
  const { clientId } = account.credential.payload;
  const tbs = { clientId, scheme: 'ed25519' as const, publicKey: keys.publicKey };
  const possession = encode(clientCsrTbs, tbs);
  const label = LABELS.clientCredentialPayload;
  const selfSignature = context.crypto.signWithLabel(keys.privateKey, label, possession);
  const csr = encode(clientCsr, { ...tbs, selfSignature });
  const signer = clientKey(account);
  const asked = await context.as.call(renewClientCredential, { csr, succession }, signer);
  const isUnknown = !asked.ok && asked.refusal.code === 'SIGNATURE_INVALID';
  const answer = isUnknown
    ? await context.as.call(renewClientCredential, {}, { ...signer, privateKey: keys.privateKey })
    : asked;
  if (!answer.ok) return answer;
  const credential = tryDecode(() => decode(clientCredential, answer.value));
  if (credential === undefined) return invalidCredential('client.credential.decode');
  return verifyOwnCredential(context, credential, { clientId, publicKey: keys.publicKey });
}
