import { done, fixed, opaque, type Outcome, struct } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import type { ClientContext } from '../client-context.js';
import { clientKey } from '../credentials/client-key.js';
import { takeProfileKey } from '../groups/change-profile-key.js';
import type { Session } from '../groups/session.js';
import { updateUserProfile } from '../services/as-operations.js';
import { recordKind } from '../store/record-kind.js';
import { profileKeyId, sealProfile } from './profile-cipher.js';

/** What we have published of ourselves; there is at most one. */
const OWN_PROFILE = recordKind('own-profile', struct({ content: opaque() }));

/** The profile key that comes next, from before anything is published under it; there is at most one. */
const NEXT_PROFILE_KEY = recordKind('next-profile-key', struct({ key: fixed(32) }));

/** Publishes our profile under the profile key that our groups and friends have. */
export async function publishProfile(
  { context, work }: Session,
  account: Account,
  content: Uint8Array,
): Promise<Outcome<void>> {
  const uploaded = await upload(context, account, account.friendship.profileKey, content);
  if (!uploaded.ok) return uploaded;
  work.put(OWN_PROFILE, { content });
  await work.save();
  return done();
}

/**
 * Our account with another profile key, once our profile is there under it: whoever is told of a key finds what it opens. The
 * AS keeps the profile under the key before, too, so a key that was drawn is used, however often we are interrupted.
 */
export async function nextProfileKey(session: Session, account: Account): Promise<Outcome<Account>> {
  const { context, work } = session;
  const kept = await work.get(NEXT_PROFILE_KEY);
  const key = kept?.key ?? context.crypto.random.bytes(32);
  work.put(NEXT_PROFILE_KEY, { key });
  await work.save();
  const own = await work.get(OWN_PROFILE);
  const uploaded = own === undefined ? done() : await upload(context, account, key, own.content);
  if (!uploaded.ok) return uploaded;
  work.delete(NEXT_PROFILE_KEY);
  return done(await takeProfileKey(session, account, key));
}

function upload(
  { crypto, as }: ClientContext,
  account: Account,
  key: Uint8Array,
  content: Uint8Array,
): Promise<Outcome<void>> {
  const { user } = account.credential.payload.clientId;
  const profile = sealProfile(crypto, key, user, content);
  const input = { keyId: profileKeyId(crypto, key, user), profile };
  return as.call(updateUserProfile, input, clientKey(account));
}
