import { fixed, formatUserId, struct, utf8 } from '@phoenix/wire';
import { hex } from '../credentials/fingerprint.js';
import type { AsDirectories } from '../credentials/as-directory.js';
import type { ClientEvent } from '../messages/client-event.js';
import { recordKind } from '../store/record-kind.js';
import { GROUP, type GroupRecord, type MemberRecord } from './group-record.js';
import { isPresent } from './presence.js';
import type { Session } from './session.js';

/** The digest of the revocations that our groups were last gone through for; there is at most one. */
const REVOCATIONS = recordKind('revocations', struct({ digest: fixed(32) }));

/**
 * Marks members whose credential, or what vouches for it, has been revoked since their leaf was verified, and tells the user (docs/protocol
 * §3). Groups are gone through only when the AS has published others than the last time.
 */
export async function markRevoked(session: Session): Promise<void> {
  const { work, context } = session;
  const directories = await context.directories.current();
  if (!directories.ok) return;
  const revoked = revokedIn(directories.value);
  const digest = context.crypto.sha256(utf8([...revoked].sort().join()));
  const before = await work.get(REVOCATIONS);
  if (before !== undefined && hex(before.digest) === hex(digest)) return;
  const events: ClientEvent[] = [];
  for (const group of await work.names(GROUP)) {
    const record = await work.get(GROUP, group);
    const found = record === undefined ? [] : newlyRevoked(record, revoked);
    const live = found.length === 0 ? undefined : await session.group(group);
    if (live === undefined) continue;
    const isFound = ({ leaf, leftIn }: MemberRecord) =>
      leftIn === undefined && found.some((one) => one.leaf === leaf);
    const members = live.record.members.map((one) => (isFound(one) ? { ...one, revoked: 1 } : one));
    session.touch(live, { members });
    const users = new Set(found.map(({ clientId }) => formatUserId(clientId.user)));
    for (const user of users) events.push({ kind: 'unverified', group, user });
  }
  work.put(REVOCATIONS, { digest });
  await session.keep(events);
}

function revokedIn(directories: AsDirectories): ReadonlySet<string> {
  return new Set([...directories.values()].flatMap(({ revoked }) => [...revoked]));
}

function newlyRevoked(record: GroupRecord, revoked: ReadonlySet<string>): MemberRecord[] {
  if (!isPresent({ record })) return [];
  return record.members.filter(
    (one) =>
      one.leftIn === undefined && one.revoked === 0 && one.vouchers.some((each) => revoked.has(hex(each))),
  );
}
