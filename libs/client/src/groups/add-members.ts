import { commitAad, encode, EXTENSION_GROUP_KEYS, groupKeys, type Outcome } from '@phoenix/wire';
import type { Account } from '../account/account.js';
import { remember } from '../contacts/known-keys.js';
import type { Invitee } from '../contacts/verify-add-package.js';
import { wrapMemberKeys } from '../credentials/member-key-set.js';
import { addUsers } from '../services/ds-operations.js';
import { attributeWelcome } from './attribute-welcome.js';
import { mlsGroupIdOf } from './group-name.js';
import { proposeCommit } from './propose-commit.js';
import type { LiveGroup, Session } from './session.js';

/**
 * Adds invitees: the commit's authenticated data brings their key sets, wrapped for the group; the Welcome alone carries the
 * group's keys; each invitee is told, and nobody else, who invites it (docs/protocol §3, §7).
 */
export async function addMembers(
  session: Session,
  live: LiveGroup,
  account: Account,
  invitees: readonly Invitee[],
): Promise<Outcome<void>> {
  const { crypto } = session.context;
  const { id, keys } = live.record;
  const groupId = mlsGroupIdOf(id);
  const added = invitees.map(({ contact, leaf, linkKey }) => {
    const owner = { groupId, pseudonym: leaf.pseudonym };
    return wrapMemberKeys(crypto, keys, owner, { linkKey, profileKey: contact.keys.profileKey });
  });
  for (const { leaf } of invitees) {
    const { clientId, publicKey } = leaf.credential.payload;
    await remember(session.work, clientId, publicKey);
  }
  return proposeCommit(session, live, {
    operation: addUsers,
    request: {
      authenticatedData: encode(commitAad, { added, own: undefined, ownQueueConfig: undefined }),
      add: invitees.map(({ keyPackage }) => keyPackage),
      welcomeExtensions: [{ type: EXTENSION_GROUP_KEYS, data: encode(groupKeys, keys) }],
    },
    extra: ({ welcome = new Uint8Array() }) => ({
      welcome,
      attributions: invitees.map(({ contact }) =>
        attributeWelcome(crypto, account, { id, welcome }, contact.keys.attributionKey),
      ),
    }),
  });
}
