import { done, encode, type Outcome } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import type { ClientContext } from '../client-context.js';
import { invalidCredential } from '../credentials/credential-rule.js';
import { hex } from '../credentials/fingerprint.js';
import { contactCard } from './contact-card.js';

/** Our card, to be handed to a friend out of band; it names the root that our credential hangs on. */
export async function ownCard(context: ClientContext, account: Account): Promise<Outcome<Uint8Array>> {
  const directories = await context.directories.current();
  if (!directories.ok) return directories;
  const { clientId, signer } = account.credential.payload;
  const issuer = directories.value.get(context.domain)?.intermediates.get(hex(signer));
  if (issuer === undefined) return invalidCredential('client.credential.signer');
  return done(encode(contactCard, { userId: clientId.user, keys: account.friendship, root: issuer.root }));
}
