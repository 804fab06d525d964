import { commitAad, encode, equal, type Outcome } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { wrapMemberKeys } from '../credentials/member-key-set.js';
import { drawLeaf } from '../packages/draw-leaf.js';
import { queueConfigSealer } from '../packages/seal-queue-config.js';
import { updateClient } from '../services/ds-operations.js';
import { handOver } from './hand-over.js';
import { mlsGroupIdOf } from './group-name.js';
import { withAdmins } from './group-policy.js';
import { adminsWithout } from './pending-removals.js';
import { proposeCommit } from './propose-commit.js';
import type { LiveGroup, Session } from './session.js';

/**
 * Replaces our leaf: its keys, link and queue config always, since a link names the leaf's key; with `newPseudonym` its
 * pseudonym too, in the group's policy as well where it is listed. Where it was under a former key of ours, the members are told first. Commits what was proposed (docs/protocol §3, §7).
 */
export async function updateOwnLeaf(
  session: Session,
  live: LiveGroup,
  account: Account,
  { newPseudonym }: { readonly newPseudonym: boolean },
): Promise<Outcome<void>> {
  const told = await handOver(session, live, account);
  if (!told.ok) return told;
  const { crypto, clock } = session.context;
  const sealer = await queueConfigSealer(session.context, account.qsClient);
  if (!sealer.ok) return sealer;
  const { id, keys, leaf: before } = live.record;
  const keep = newPseudonym ? {} : { pseudonym: before.pseudonym };
  const { leaf, identity } = drawLeaf(crypto, account, clock.now(), keep);
  const { profileKey } = account.friendship;
  const owner = { groupId: mlsGroupIdOf(id), pseudonym: leaf.pseudonym };
  const own = wrapMemberKeys(crypto, keys, owner, { linkKey: leaf.linkKey, profileKey });
  const extensions = withAdmins(
    live.mls,
    adminsWithout(live).map((admin) => (equal(admin, before.pseudonym) ? leaf.pseudonym : admin)),
  );
  return proposeCommit(session, live, {
    operation: updateClient,
    nextLeaf: leaf,
    request: {
      authenticatedData: encode(commitAad, { added: [], own, ownQueueConfig: sealer.value() }),
      commitPending: true,
      newLeaf: { identity, signatureKeys: leaf.signatureKeys },
      ...(extensions === undefined ? {} : { groupContextExtensions: extensions }),
    },
  });
}
