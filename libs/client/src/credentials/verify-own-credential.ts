import { type ClientCredential, clientId, encode, equal, type Outcome } from '@phoenix/wire';
import type { ClientContext } from '../client-context.js';
import type { AsDirectories } from './as-directory.js';
import { invalidCredential } from './credential-rule.js';
import { verifyClientCredential } from './verify-client-credential.js';

/** Checks a credential that the AS made for us: what we asked for, and what our contacts will check. */
export async function verifyOwnCredential(
  { crypto, clock, directories }: Pick<ClientContext, 'crypto' | 'clock' | 'directories'>,
  credential: ClientCredential,
  asked: Pick<ClientCredential['payload'], 'clientId' | 'publicKey'>,
): Promise<Outcome<ClientCredential>> {
  const { clientId: named, publicKey } = credential.payload;
  const ours =
    equal(encode(clientId, named), encode(clientId, asked.clientId)) && equal(publicKey, asked.publicKey);
  if (!ours) return invalidCredential('client.credential.own');
  const judge = (known: AsDirectories) =>
    verifyClientCredential(crypto, credential, {
      directories: known,
      presence: 'entering',
      nowMs: clock.now(),
    });
  const known = await directories.current();
  if (!known.ok) return known;
  const verified = judge(known.value);
  if (verified.ok || verified.refusal.rule !== 'client.credential.signer') return verified;
  // An AS that stood still for long signs with what it has only just published.
  const fresh = await directories.refresh();
  return fresh.ok ? judge(fresh.value) : fresh;
}
