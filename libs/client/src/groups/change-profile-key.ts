import { concat, done, equal, type Outcome, struct } from '@phoenix/wire';
import { ACCOUNT, type Account } from '../account/account.js';
import { enqueueMessage } from '../messages/send-message.js';
import { updateProfileKey } from '../services/ds-operations.js';
import { recordKind } from '../store/record-kind.js';
import { mlsGroupIdOf } from './group-name.js';
import { GROUP } from './group-record.js';
import { isPresent } from './presence.js';
import { withProfileKey } from './profile-keys.js';
import { sendRequest } from './propose-commit.js';
import type { LiveGroup, Session } from './session.js';

/** Groups, by name, that have not got our present profile key yet. */
export const STALE_PROFILE = recordKind('stale-profiles/', struct({}));

/**
 * Makes a profile key ours and notes which groups have to get it, in one batch: from then on a kill only delays that. The
 * account with the new key.
 */
export async function takeProfileKey(
  session: Session,
  account: Account,
  profileKey: Uint8Array,
): Promise<Account> {
  const { work } = session;
  const friendship = { ...account.friendship, profileKey };
  const changed = { ...account, friendship };
  work.put(ACCOUNT, changed);
  for (const name of await work.names(GROUP)) {
    const live = await session.group(name);
    if (live !== undefined && isPresent(live)) work.put(STALE_PROFILE, {}, name);
  }
  await session.save();
  return changed;
}

/** Notes a group that we were added to under an older profile key of ours than the present one. */
export function noteStaleProfile(
  { work }: Session,
  live: Pick<LiveGroup, 'name' | 'record'>,
  own: Account,
): void {
  const { pseudonym } = live.record.leaf;
  const self = live.record.members.find((member) => equal(member.pseudonym, pseudonym));
  const [key] = self?.profileKeys ?? [];
  if (key !== undefined && !equal(key, own.friendship.profileKey)) work.put(STALE_PROFILE, {}, live.name);
}

/**
 * Gives a group our present profile key: wrapped, to the DS for those who join, and then to the members as a message, which is put
 * into the outbox (docs/protocol §5).
 */
export async function spreadProfileKey(
  session: Session,
  live: LiveGroup,
  { friendship: { profileKey } }: Account,
): Promise<Outcome<void>> {
  const { context, work } = session;
  const { id, keys, leaf, members } = live.record;
  const aad = concat(mlsGroupIdOf(id), leaf.pseudonym);
  const wrappedProfileKey = context.crypto.encrypt(keys.profileKeyWrapper, aad, profileKey);
  const updated = await sendRequest(session, live, updateProfileKey, { wrappedProfileKey });
  if (!updated.ok) return updated;
  const own = members.map((member) =>
    equal(member.pseudonym, leaf.pseudonym)
      ? { ...member, profileKeys: withProfileKey(member.profileKeys, profileKey) }
      : member,
  );
  session.touch(live, { members: own });
  await enqueueMessage(session, live.name, { kind: 'profile_key', body: profileKey });
  work.delete(STALE_PROFILE, live.name);
  await session.save();
  return done();
}
