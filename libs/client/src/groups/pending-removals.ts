import { commitAad, encode, type Outcome } from '@phoenix/wire';
import { updateClient } from '../services/ds-operations.js';
import { adminsOf, isAmong, withAdmins } from './group-policy.js';
import { proposeCommit } from './propose-commit.js';
import type { LiveGroup, Session } from './session.js';

/** Whether somebody, or the DS, has proposed to remove us. */
export function isOnTheWayOut({ mls }: LiveGroup): boolean {
  return mls.pendingProposals().some(({ removes }) => removes === mls.ownLeaf);
}

/** Whether it is on us to commit what is proposed: on the lowest leaf that stays, so that not everyone tries at once. */
export function isDesignatedCommitter({ mls }: LiveGroup): boolean {
  const leaving = new Set(mls.pendingProposals().map(({ removes }) => removes));
  const first = mls.members().find(({ leaf }) => !leaving.has(leaf));
  return leaving.size > 0 && first?.leaf === mls.ownLeaf;
}

/** The admins that remain once these leaves are removed, and those that were proposed for it. */
export function adminsWithout({ mls, record }: LiveGroup, removed: readonly number[] = []): Uint8Array[] {
  const leaving = new Set([...removed, ...mls.pendingProposals().map(({ removes }) => removes)]);
  const gone = record.members
    .filter(({ leaf, leftIn }) => leftIn === undefined && leaving.has(leaf))
    .map(({ pseudonym }) => pseudonym);
  return adminsOf(mls).filter((admin) => !isAmong(gone, admin));
}

/**
 * Commits what is proposed in this epoch: nobody sends anything before (RFC 9420 §12.4), and the DS takes no commit that leaves
 * some of it out.
 */
export function commitPending(session: Session, live: LiveGroup): Promise<Outcome<void>> {
  const extensions = withAdmins(live.mls, adminsWithout(live));
  return proposeCommit(session, live, {
    operation: updateClient,
    request: {
      authenticatedData: encode(commitAad, { added: [], own: undefined, ownQueueConfig: undefined }),
      commitPending: true,
      ...(extensions === undefined ? {} : { groupContextExtensions: extensions }),
    },
  });
}
